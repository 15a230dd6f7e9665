import type { FastifyReply } from "fastify";

/** Answers with a status and a sentence about it, as the console does whenever it cannot do what it is asked for. */
export function sayWhy(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).send({ message });
}
