/** Why a data protection policy is refused. */
export class PolicyFault extends Error {}
