exports.handler = async ({ Records }) => {
  for (const { body } of Records) if (body !== "order") throw new Error(body);
};
