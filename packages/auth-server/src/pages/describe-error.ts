import type { ErrorView } from './error-page.js'

/** What the provider says of an error. */
export interface ProviderError {
  readonly error: string
  readonly error_description?: string | undefined
}

type Words = Pick<ErrorView, 'title' | 'explanation' | 'detail'>

/** An error of the provider in words for the person in front of the browser. */
export function describeError(out: ProviderError, cause: unknown): Words {
  const detail = [out.error, out.error_description, detailOf(cause)].filter(Boolean).join(': ')
  return { ...words(out, cause, detail), detail }
}

function words({ error }: ProviderError, cause: unknown, detail: string): Omit<Words, 'detail'> {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'SessionNotFound') return expired
  if (error === 'invalid_redirect_uri') return wrongRedirect
  if (error === 'invalid_client' && detail.includes('metadata document fetch')) return noDocument
  if (error === 'invalid_client_metadata') return wrongDocument
  if (error === 'invalid_client') return unknownClient
  if (error === 'server_error') return ourFault
  return {
    title: 'This login cannot go on',
    explanation: [
      'The program that sent you here made a request that this server does not accept.',
      'Go back to the program and start again. If it happens again, tell its makers what stands below.',
    ],
  }
}

/** The page for an interaction that is over or was begun in another browser. */
export const expired: Omit<Words, 'detail'> = {
  title: 'This login has expired',
  explanation: [
    'It was finished already, was left open for more than an hour, or was begun in another browser.',
    'Go back to the program that sent you here and start again.',
  ],
}

const wrongRedirect: Omit<Words, 'detail'> = {
  title: 'The answer would go to an unknown address',
  explanation: [
    'The program asked for its answer at an address that it did not register, so nothing was sent there.',
    'If you did not start this login, close this page. Otherwise remove the connection in the program and add it again.',
  ],
}

const noDocument: Omit<Words, 'detail'> = {
  title: 'The program could not be identified',
  explanation: [
    'It names a web address that describes it, and that description could not be fetched. Without it only a program on this computer can log in.',
    'Check the network, then go back to the program and start again.',
  ],
}

const wrongDocument: Omit<Words, 'detail'> = {
  title: 'The program describes itself wrongly',
  explanation: [
    'What it says of itself is not valid, so nobody can tell whom you would let in.',
    'Tell its makers what stands below.',
  ],
}

const unknownClient: Omit<Words, 'detail'> = {
  title: 'This program is not known here',
  explanation: [
    'It was registered at another server, or this server’s state was deleted since.',
    'Remove the connection in the program and add it again; it then registers anew.',
  ],
}

const ourFault: Omit<Words, 'detail'> = {
  title: 'Something went wrong on this server',
  explanation: ['It is not your fault. The terminal in which the authorization server runs says more.'],
}

function detailOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'error_detail' in cause && typeof cause.error_detail === 'string'
    ? cause.error_detail
    : undefined
}
