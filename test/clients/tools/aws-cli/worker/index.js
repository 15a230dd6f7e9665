exports.handler = async ({ Records = [], word }) => {
  for (const { body } of Records) if (body !== "order") throw new Error(body);
  return { word };
};
