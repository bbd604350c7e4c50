import { type Html, html } from './html.js'
import { layout, type Site } from './layout.js'

export interface LoginView {
  readonly site: Site
  readonly clientName: string
  /** The users who can be picked: the one whom the client suggests first, then those of this browser. */
  readonly users: readonly { readonly name: string; readonly recent: boolean; readonly suggested: boolean }[]
  /** What stands in the field already. */
  readonly typed: string
  readonly problem?: string
}

export function loginPage(view: LoginView): string {
  const { site, clientName, users, typed, problem } = view
  return layout(
    site,
    'Log in',
    html`<h1>Log in to ${site.name}</h1>
<p class="lead"><strong>${clientName}</strong> wants to connect. Choose who you are; there is no password on this server.</p>
<form method="post">
<ul class="people" aria-label="Known users">${users.map(person)}</ul>
</form>
<div class="or">or</div>
<form method="post" class="field">
<label for="user">Another user name</label>
<input type="text" id="user" name="user" value="${typed}" required maxlength="64" autocapitalize="none" autocomplete="off" spellcheck="false"${describedBy(problem)}>
${problem !== undefined && html`<div class="note bad" id="problem" role="alert"><p>${problem}</p></div>`}
<button class="primary">Continue</button>
</form>`,
  )
}

function person({ name, recent, suggested }: LoginView['users'][number]): Html {
  const remark = suggested ? 'suggested by the program' : recent ? 'used here before' : undefined
  return html`<li><button class="person${suggested && ' suggested'}" name="user" value="${name}"><span class="face" aria-hidden="true">${name.slice(0, 1)}</span>${name}${remark !== undefined && html`<small>${remark}</small>`}</button></li>`
}

function describedBy(problem: string | undefined): Html | false {
  return problem !== undefined && html` aria-invalid="true" aria-describedby="problem" autofocus`
}
