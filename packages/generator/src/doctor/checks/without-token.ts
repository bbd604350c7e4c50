import type { Answer, Reply } from '../ask.js'
import { type Finding, failure, findings, type Problem, warning } from '../finding.js'
import type { Probed } from '../look.js'

const CURE = 'Answer 401 with the same challenge whatever the method is, before anything else is looked at.'

/** MCP, Authorization: a caller without a token gets a 401, and by every method that clients probe with the same one. */
export function withoutToken(probed: Probed): readonly Finding[] {
  const { initialize, get, head } = probed
  // Of an address that sends on elsewhere that is all there is to say.
  if (initialize.kind === 'answer' && isRedirect(initialize)) return []
  const answers = [initialize, get, head].filter((reply) => reply.kind === 'answer')
  const problems = [
    ...unanswered('GET', get),
    ...unanswered('HEAD', head),
    ...byStatus(answers.filter((answer) => answer.status !== 401 && !opensSession(answer))),
    ...answers.filter(opensSession).flatMap(() => openSession(probed)),
    ...(differ(answers) ? [failure('the challenge is another one for another method', CURE)] : []),
  ]
  return findings('without-token', problems, fine(probed))
}

function unanswered(method: string, reply: Reply): readonly Problem[] {
  return reply.kind === 'answer' ? [] : [failure(`asked by ${method} it ${reply.cause}`, reply.cure)]
}

function byStatus(answers: readonly Answer[]): readonly Problem[] {
  return [...new Set(answers.map(({ status }) => status))].map((status) => {
    const methods = answers.filter((answer) => answer.status === status).map(({ method }) => method)
    const are = methods.length === 1 ? 'is' : 'are'
    return failure(`${methods.join(' and ')} without a token ${are} answered ${status}, not 401`, CURE)
  })
}

function isRedirect({ status }: Answer): boolean {
  return status >= 300 && status < 400
}

function opensSession({ method, status }: Answer): boolean {
  return method === 'POST' && status >= 200 && status < 300
}

/** Right where something is public: the other calls are refused one by one. */
function openSession({ declaresPublic }: Probed): readonly Problem[] {
  switch (declaresPublic) {
    case true:
      return []
    case false:
      return [failure('anybody can start a session without a token, and nothing is declared public', CURE)]
    case null:
      return [
        warning(
          'anybody can start a session without a token: right only if something is meant to be public',
          'Ask for a token; or run this in the project, where it sees what is declared public.',
        ),
      ]
  }
}

function differ(answers: readonly Answer[]): boolean {
  const refusals = answers.filter(({ status }) => status === 401)
  return new Set(refusals.map(({ challenges }) => challenges.join('\n'))).size > 1
}

function fine({ initialize }: Probed): string {
  return initialize.kind === 'answer' && initialize.status === 401
    ? 'POST, GET and HEAD without a token are answered 401 alike'
    : 'a session without a token is for what is declared public; GET and HEAD are answered 401 alike'
}
