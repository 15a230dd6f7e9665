exports.handler = async ({ ResourceProperties: { Word } }) => ({
  PhysicalResourceId: "greeting",
  Data: { Name: `greeting-${Word}` },
});
