import {
  type AccessItem,
  type AccessMatrix,
  type AccessScope,
  besidesInWords,
  byKind,
  cellOf,
  inWords,
  resourceInWords,
} from './access-matrix.js'
import { Html, html } from './html.js'
import { STYLE } from './style.js'

/** The matrix as one page that needs nothing else: no script, no request. */
export function asHtml(matrix: AccessMatrix): string {
  const { server, resource, scopes, items } = matrix
  const open = items.filter(({ access }) => access.kind === 'public')
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>Who may do what on ${server.name}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<h1>Who may do what on ${server.name}</h1>
<p>Version ${server.version}, at <code>${resourceInWords(resource)}</code>. ${publicSentence(open)}</p>
${byKind(matrix).map(([title, found]) => section(title, found, scopes))}${scopes.length === 0 ? '' : scopeSection(scopes)}</main>
</body>
</html>
`
  return page.text
}

function publicSentence(open: readonly AccessItem[]): Html {
  if (open.length === 0) return html`Nothing is public: everything needs a token.`
  const names = open.map(({ name }, index) => html`${index === 0 ? '' : ', '}<code>${name}</code>`)
  return html`<strong>Public, without a token: ${names}.</strong>`
}

function section(title: string, items: readonly AccessItem[], scopes: readonly AccessScope[]): Html {
  return html`<section aria-labelledby="${title}">
<h2 id="${title}">${title}</h2>
<div class="wide" role="region" aria-labelledby="${title}" tabindex="0">
<table>
<thead>
<tr><th scope="col">Name</th>${heads(scopes)}</tr>
</thead>
<tbody>
${items.map((item) => row(item, scopes))}</tbody>
</table>
</div>
</section>
`
}

function heads(scopes: readonly AccessScope[]): readonly Html[] {
  if (scopes.length === 0) return [html`<th scope="col">Who</th>`]
  return scopes.map(({ name }) => html`<th scope="col"><code>${name}</code></th>`)
}

function row(item: AccessItem, scopes: readonly AccessScope[]): Html {
  const { name, description, access, place } = item
  return html`<tr${access.kind === 'public' ? new Html(' class="public"') : ''}><th scope="row"><code>${name}</code><small>${description}</small>${besidesInWords(item).map((words) => html`<small>${words}</small>`)}<small><code>${place}</code></small></th>${
    access.kind === 'scopes' ? cells(item, scopes) : spanning(item, scopes)
  }</tr>
`
}

function cells(item: AccessItem, scopes: readonly AccessScope[]): readonly Html[] {
  return scopes.map((scope) => {
    const cell = cellOf(item, scope)
    return cell === 'nothing' ? html`<td></td>` : html`<td class="${cell}">${cell}</td>`
  })
}

function spanning({ access }: AccessItem, scopes: readonly AccessScope[]): Html {
  return html`<td class="all" colspan="${String(Math.max(1, scopes.length))}">${inWords(access)}</td>`
}

function scopeSection(scopes: readonly AccessScope[]): Html {
  const rows = scopes.map(
    ({ name, description, baseline, implies }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${description}</td><td>${baseline ? 'yes' : ''}</td><td>${implies.map((implied, index) => html`${index === 0 ? '' : ', '}<code>${implied}</code>`)}</td></tr>
`,
  )
  return html`<p><b class="needed">needed</b>: a caller must have it, and all of its row.
<b class="covers">covers</b>: a caller who has it needs not have the one that it implies.</p>
<section aria-labelledby="Scopes">
<h2 id="Scopes">Scopes</h2>
<div class="wide" role="region" aria-labelledby="Scopes" tabindex="0">
<table>
<thead>
<tr><th scope="col">Scope</th><th scope="col">What it allows</th><th scope="col">Asked for at login</th><th scope="col">Implies</th></tr>
</thead>
<tbody>
${rows}</tbody>
</table>
</div>
</section>
`
}
