import type { JSX } from 'preact'
import type { Challenge } from '../protocol/challenge.js'
import type { Answer, Exchange, Header } from '../protocol/exchange.js'
import { explainParameter, explainStatus } from '../protocol/explain-status.js'
import { resultOf } from '../protocol/result.js'
import { Code, json } from './code.js'

interface ExchangeProps {
  readonly exchange: Exchange
  /** The last one shows its answer without being asked. */
  readonly last: boolean
}

export function ExchangeView({ exchange, last }: ExchangeProps): JSX.Element {
  const { label, request, answer, failure } = exchange
  const hidden = request.headers.some(({ name }) => name === 'authorization')
  return (
    <>
      <p class="line">
        <strong>{label}</strong>{' '}
        <span class="soft">
          <code>POST {pathOf(request.url)}</code> {hidden ? 'with a token' : 'without a token'}
        </span>
        {answer && <Status answer={answer} />}
      </p>
      <details class="part">
        <summary>Request</summary>
        <Headers headers={request.headers} label={`Headers of the request ${label}`} />
        <Code text={json(request.body)} label={`Body of the request ${label}`} copy />
      </details>
      {!answer && failure === undefined && <p class="soft">Waiting for the answer …</p>}
      {failure !== undefined && <p class="wrong">{failure}</p>}
      {answer && <AnswerView answer={answer} label={label} last={last} />}
    </>
  )
}

function Status({ answer }: { readonly answer: Answer }): JSX.Element {
  const { status, milliseconds } = answer
  return (
    <span class="end">
      <span class={`chip status s${Math.floor(status / 100)}`}>
        {status} {reasons[status] ?? ''}
      </span>{' '}
      <span class="soft">{milliseconds} ms</span>
    </span>
  )
}

function AnswerView({ answer, label, last }: { answer: Answer; label: string; last: boolean }): JSX.Element {
  const meaning = explainStatus(answer.status, answer.challenges)
  const good = answer.status < 300
  return (
    <>
      {meaning !== undefined && <p>{meaning}</p>}
      {answer.challenges.map((challenge) => (
        <ChallengeView key={challenge.scheme} challenge={challenge} />
      ))}
      {good && last && <ResultView answer={answer} label={label} />}
      <details class="part">
        <summary>Answer</summary>
        <Headers headers={answer.headers} label={`Headers of the answer to ${label}`} />
        {answer.text === '' ? (
          <p class="soft">No body.</p>
        ) : (
          <Code
            text={answer.messages.length > 0 ? answer.messages.map(json).join('\n') : answer.text}
            label={`Body of the answer to ${label}`}
            copy
          />
        )}
      </details>
    </>
  )
}

function ChallengeView({ challenge }: { readonly challenge: Challenge }): JSX.Element {
  return (
    <div class="challenge">
      <p class="line">
        <code>WWW-Authenticate: {challenge.scheme}</code>
      </p>
      <dl>
        {challenge.parameters.map(({ name, value }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <code class="value">{value}</code>
              <small class="soft">{explainParameter(name)}</small>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function ResultView({ answer, label }: { readonly answer: Answer; readonly label: string }): JSX.Element | null {
  const result = resultOf(answer.messages)
  if (!result) return null
  if (result.kind === 'error') {
    return (
      <p class="wrong">
        The protocol answers with an error{result.code === undefined ? '' : ` ${result.code}`}: {result.message}
      </p>
    )
  }
  const { isError, structured, texts, value } = result
  return (
    <div class="result">
      {isError && <p class="wrong">The tool says that it failed (isError): the model reads why.</p>}
      {structured !== undefined && <Code text={json(structured)} label={`Structured content of ${label}`} copy />}
      {structured === undefined && texts.map((text) => <Code key={text} text={text} label={`Text of ${label}`} copy />)}
      {structured === undefined && texts.length === 0 && <Code text={json(value)} label={`Result of ${label}`} copy />}
    </div>
  )
}

function Headers({ headers, label }: { readonly headers: readonly Header[]; readonly label: string }): JSX.Element {
  return <Code text={headers.map(({ name, value }) => `${name}: ${value}`).join('\n')} label={label} />
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  202: 'Accepted',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}
