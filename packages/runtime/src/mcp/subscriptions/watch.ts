import type { ReadGrant } from '../../guard/grants.js'
import type { Exchange } from '../exchange.js'
import { handlerContext } from '../handler-context.js'
import { isAuthorized } from '../is-authorized.js'
import { parseVariables } from '../parse-variables.js'
import { withinTime } from '../within-time.js'

/**
 * Whether a caller may know that a resource exists and changes. It takes a
 * grant to read it, from a login that is still as fresh as that asks for, and a yes of the rule about the object where there is one; of
 * a template the project says who may know of which one.
 * Whatever goes wrong, or takes longer than a handler may, is a no, which sounds like a resource that does not exist.
 */
export async function mayWatch({ grant, variables }: ReadGrant, exchange: Exchange): Promise<boolean> {
  const { item } = grant
  if (!item.subscribable || grant.hasAged()) return false
  try {
    return await withinTime(exchange.secondsFor(item), (late) => {
      const signal = AbortSignal.any([exchange.signal, late])
      return isWatchable({ grant, variables }, exchange, signal)
    })
  } catch (error) {
    exchange.log.error({ err: error, resource: item.name }, `subscribe of the resource ${item.name} failed`)
    return false
  }
}

async function isWatchable({ grant, variables }: ReadGrant, exchange: Exchange, signal: AbortSignal): Promise<boolean> {
  const { module } = grant.item
  const { subscribe } = module
  if (subscribe === undefined) return false
  const parsed = await parseVariables(grant, variables)
  if (parsed === undefined || !(await isAuthorized(grant, parsed, exchange, signal))) return false
  if (subscribe === true) return Object.keys(parsed).length === 0
  // A watch outlasts its request: nothing is done in the caller's name then.
  const context = handlerContext(grant, { ...exchange, tokenExchange: undefined }, signal)
  // The types of the module's own file say what it takes.
  const answer: unknown = await Reflect.apply(subscribe, module, [parsed, context])
  return answer === true
}
