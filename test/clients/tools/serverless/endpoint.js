/** Leads the framework to AWS_ENDPOINT_URL, which the SDK that it brings does not read. */
module.exports = class {
  constructor(serverless) {
    const endpoint = process.env.AWS_ENDPOINT_URL;
    serverless.getProvider("aws").sdk.config.update({ endpoint, s3ForcePathStyle: true });
  }
};
