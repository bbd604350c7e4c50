import { Html, html } from './html.js'
import { style } from './style.js'

/** What every page shows of the server that it belongs to. */
export interface Site {
  /** The name of the MCP server, for people. */
  readonly name: string
  readonly issuer: string
  readonly resource: string
}

const shield: Html = new Html(
  '<svg width="26" height="26" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ' +
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">' +
    '<path d="M12 3l7 3v5c0 4.6-3 8.300-7 10-4-1.700-7-5.400-7-10V6z"/><path d="M9 12l2 2 4-4"/></svg>',
)

/** A whole page; `title` is also what a screen reader says first. */
export function layout(site: Site, title: string, content: Html): string {
  return html`${new Html('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title} · ${site.name}</title>
<style>${new Html(style)}</style>
</head>
<body>
<div class="page">
<header class="top"><span class="brand">${shield}<span>${site.name}</span></span><span class="badge">Development</span></header>
<main class="card">
${content}
</main>
<footer>Embedded authorization server at ${site.issuer}. For development only: anybody on this computer can log in under any name.</footer>
</div>
</body>
</html>
`.text
}
