import type { Identity } from '../../token/identity.js'
import { isRecord } from '../is-record.js'

/** Whose list changed. Nobody in particular: everybody's. No issuer in particular: there is only one. */
export interface ListOwner {
  readonly subject?: string
  readonly issuer?: string
}

/**
 * Whose list the project says that changed. Who is not said well is nobody, rather than everybody.
 *
 * @throws {TypeError} for a subject without an issuer where several issue tokens, and for what is no subject
 */
export function listOwner(whose: unknown, severalIssuers: boolean): ListOwner {
  if (whose === undefined) return {}
  const { subject, issuer } = isRecord(whose) ? whose : {}
  if (typeof subject !== 'string' || (issuer !== undefined && typeof issuer !== 'string')) {
    throw new TypeError('changes.resourceList() takes { subject, issuer } as texts, or nothing for everybody.')
  }
  if (issuer !== undefined) return { subject, issuer }
  if (!severalIssuers) return { subject }
  throw new TypeError(
    'changes.resourceList({ subject }) needs the issuer as well: this server has several, and each may have somebody of ' +
      'that name. Say changes.resourceList({ subject: caller.subject, issuer: caller.issuer }).',
  )
}

/** Whether a list is this caller's. A subject is unique only within its issuer (RFC 7519 section 4.1.2). */
export function isListOf(
  { subject, issuer }: ListOwner,
  caller: Pick<Identity, 'subject' | 'issuer'> | undefined,
): boolean {
  return (subject === undefined || subject === caller?.subject) && (issuer === undefined || issuer === caller?.issuer)
}
