import { Html, html } from './html.js'
import { layout, type Site } from './layout.js'

/** Who asks, in the order in which it should be believed. */
export interface ClientView {
  readonly name: string
  /** The host of a client id that is an address. */
  readonly identityHost: string | undefined
  /** Whether a document could be fetched from that address. */
  readonly verified: boolean
  /** Where the answer goes: a host with its port, or a private scheme. */
  readonly redirectHost: string
  /** Whether that is a program on this computer. */
  readonly local: boolean
}

export interface ScopeView {
  readonly name: string
  readonly description: string
  /** Descriptions of what it includes. */
  readonly includes: readonly string[]
  /** Not granted to this client by this user before, though something was. */
  readonly isNew: boolean
}

export interface ConsentView {
  readonly site: Site
  readonly user: string
  readonly client: ClientView
  readonly scopes: readonly ScopeView[]
  /** Where another user can log in, relative to the page. */
  readonly switchUser: string
  /** Seconds until the login ends; absent for a client that cannot renew its access. */
  readonly lifetime: number
}

const check: Html = new Html(
  '<svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.4" ' +
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M5 12.500l4.500 4.500L19 7.500"/></svg>',
)

export function consentPage(view: ConsentView): string {
  const { site, user, client, scopes } = view
  return layout(
    site,
    `Allow ${client.name}?`,
    html`<h1>Allow ${client.name} to use ${site.name}?</h1>
<p class="lead">It will act as you, and only within what is listed here.</p>
<div class="account"><span class="face" aria-hidden="true">${user.slice(0, 1)}</span><span>Logged in as <strong>${user}</strong></span><a href="${view.switchUser}">Switch user</a></div>
<h2>${scopes.some(({ isNew }) => isNew) ? 'It asks for more than before' : 'What it may do'}</h2>
${scopes.length === 0 ? html`<p>Know your user name. It asks for no access beyond that.</p>` : html`<ul class="scopes">${scopes.map(scope)}</ul>`}
<h2>Who asks</h2>
<dl class="facts">
${client.identityHost !== undefined && html`<dt>Says it is</dt><dd>${client.identityHost}</dd>`}
<dt>Answer goes to</dt><dd><strong>${client.redirectHost}</strong></dd>
<dt>Lasts</dt><dd>${duration(view.lifetime)}</dd>
</dl>
${warnings(client)}
<form method="post" class="answers">
<button class="plain" name="decision" value="deny">Deny</button>
<button class="primary" name="decision" value="approve">Allow</button>
</form>`,
  )
}

function scope({ name, description, includes, isNew }: ScopeView): Html {
  return html`<li>${check}<div>${description}${isNew && html` <span class="new">New</span>`}<small><code>${name}</code>${includes.length > 0 && html` · includes: ${includes.join('; ')}`}</small></div></li>`
}

function warnings({ local, verified, identityHost, redirectHost }: ClientView): Html | false {
  if (!verified) {
    return html`<div class="note warn" role="note"><p><strong>The identity of this program could not be checked.</strong>
It says that it is ${identityHost}, and its description there could not be fetched: the network does not reach it.
The answer goes to ${local ? `a program on this computer (${redirectHost})` : redirectHost}. Allow it only if you started this login yourself.</p></div>`
  }
  if (!local) return false
  // MCP 2026-07-28, Localhost Redirect URI Risks.
  return html`<div class="note warn" role="note"><p><strong>The answer goes to a program on this computer.</strong>
Any program here could have asked under this name. Allow it only if you started this login yourself.</p></div>`
}

function duration(seconds: number): string {
  const hours = Math.round(seconds / 3600)
  const days = Math.round(hours / 24)
  if (hours < 48) return hours === 1 ? '1 hour' : `${hours} hours`
  return `Up to ${days} days, or until the program logs out`
}
