import type { ReadGrant } from '../../guard/grants.js'
import type { Exchange } from '../exchange.js'
import { handlerContext } from '../handler-context.js'
import { isAuthorized } from '../is-authorized.js'
import { parseVariables } from '../parse-variables.js'

/**
 * Whether a caller may know that a resource exists and changes. It takes a
 * grant to read it, from a login that is still as fresh as that asks for, and a yes of the rule about the object where there is one; of
 * a template the project says who may know of which one.
 * Whatever goes wrong is a no, which sounds like a resource that does not exist.
 */
export async function mayWatch({ grant, variables }: ReadGrant, exchange: Exchange): Promise<boolean> {
  const { name, module, subscribable } = grant.item
  const { subscribe } = module
  if (!subscribable || subscribe === undefined || grant.hasAged()) return false
  try {
    const parsed = await parseVariables(grant, variables)
    if (parsed === undefined || !(await isAuthorized(grant, parsed, exchange, exchange.signal))) return false
    if (subscribe === true) return Object.keys(parsed).length === 0
    // A watch outlasts its request: nothing is done in the caller's name then.
    const context = handlerContext(grant, { ...exchange, tokenExchange: undefined }, exchange.signal)
    // The types of the module's own file say what it takes.
    const answer: unknown = await Reflect.apply(subscribe, module, [parsed, context])
    return answer === true
  } catch (error) {
    exchange.log.error({ err: error, resource: name }, `subscribe of the resource ${name} failed`)
    return false
  }
}
