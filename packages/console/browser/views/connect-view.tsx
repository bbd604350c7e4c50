import type { JSX } from 'preact'
import { encode } from 'uqr'
import type { ClientSnippet, ConsoleState } from '../../src/definition.js'
import { addressOf } from '../route.js'
import { Code } from './code.js'

export function ConnectView({ state, chosen }: { readonly state: ConsoleState; readonly chosen: string }): JSX.Element {
  const { clients } = state
  const client = clients.find(({ id }) => id === chosen) ?? clients[0]
  return (
    <>
      <h1 tabIndex={-1}>Connect</h1>
      <p class="lead">What to type into a client, so that it logs in to this server.</p>
      {!client && (
        <p class="empty">
          Any MCP client can connect: give it the address <code>{state.resource}</code>, and it finds the login by
          itself.
        </p>
      )}
      {client && (
        <div class="split connect">
          <nav aria-label="Clients">
            <ul class="picker">
              {clients.map(({ id, name, problem }) => (
                <li key={id}>
                  <a href={addressOf('connect', id)} aria-current={id === client.id ? 'true' : undefined}>
                    {name}
                    {problem !== undefined && <span class="soft"> (not from here)</span>}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <Steps key={client.id} client={client} />
        </div>
      )}
    </>
  )
}

function Steps({ client }: { readonly client: ClientSnippet }): JSX.Element {
  return (
    <section class="card steps" aria-labelledby="client">
      <h2 id="client">{client.name}</h2>
      {client.problem !== undefined && (
        <p class="note warn" role="note">
          {client.problem}
        </p>
      )}
      <ol>
        {client.steps.map((step, index) => (
          <li key={index}>
            <Step step={step} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Step({ step }: { readonly step: ClientSnippet['steps'][number] }): JSX.Element {
  switch (step.kind) {
    case 'text':
      return <p>{step.text}</p>
    case 'command':
      return (
        <>
          <p>Run</p>
          <Code text={step.text} label="the command" copy />
        </>
      )
    case 'file':
      return (
        <>
          <p>
            Put this into <code>{step.path}</code>
          </p>
          <Code text={step.text} label={`the ${step.language.toUpperCase()} for ${step.path}`} copy />
        </>
      )
    case 'link':
      return (
        <p>
          <a class="button primary" href={step.href}>
            {step.label}
          </a>
        </p>
      )
    case 'qr':
      return <QrCode label={step.label} text={step.text} />
  }
}

function QrCode({ label, text }: { readonly label: string; readonly text: string }): JSX.Element {
  const { data, size } = encode(text, { border: 4 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <figure class="qr">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={`QR code: ${label}`} shape-rendering="crispEdges">
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <figcaption>
        {label}
        <code>{text}</code>
      </figcaption>
    </figure>
  )
}
