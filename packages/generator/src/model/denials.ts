/** The forms in which a refusal can be sent; the first is the default. */
export const DENIALS: readonly string[] = ['by-caller', 'http', 'result']
