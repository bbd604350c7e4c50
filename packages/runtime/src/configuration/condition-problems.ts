import type { AccessPolicy } from '../definition.js'
import { isScopeToken } from './scope-token.js'

/** What is wrong with the conditions of a policy: nobody could meet them, or they would never count. */
export function conditionProblems(
  item: string,
  { access, whenDenied, freshLogin, acr, argumentScopes, authorize }: AccessPolicy,
): string[] {
  const problems: string[] = []
  if (whenDenied !== undefined && whenDenied !== 'hide') problems.push(`${item} has a whenDenied that is not "hide".`)
  if (whenDenied !== undefined && access !== 'scopes' && access !== 'any-of') {
    problems.push(`${item} is hidden from callers without its scopes, and requires no scopes.`)
  }
  if (access === 'public' && (freshLogin !== undefined || acr !== undefined)) {
    problems.push(`${item} is public and asks for a login.`)
  }
  if (freshLogin !== undefined && !(Number.isInteger(freshLogin.maxAgeSeconds) && freshLogin.maxAgeSeconds > 0)) {
    problems.push(`${item} asks for a login that is fresh, but not for how many seconds.`)
  }
  // A challenge names levels as it names scopes (RFC 9470 section 3).
  if (acr !== undefined && (acr.length === 0 || !acr.every(isScopeToken))) {
    problems.push(`${item} asks for a level of login and does not name it in one printable word.`)
  }
  if (argumentScopes?.length === 0) problems.push(`${item} asks for scopes by its arguments, and declares none.`)
  if (argumentScopes !== undefined && access === 'public') {
    problems.push(`${item} is public and asks for scopes by its arguments.`)
  }
  if (authorize !== undefined && access === 'public') {
    problems.push(`${item} is public and has a rule about who may use which.`)
  }
  return problems
}
