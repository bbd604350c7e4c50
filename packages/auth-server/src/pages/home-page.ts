import { html } from './html.js'
import { layout, type Site } from './layout.js'

/** What somebody sees who opens the server's own address. */
export function homePage(site: Site, paths: { readonly metadata: string; readonly keys: string }): string {
  return layout(
    site,
    'Authorization server',
    html`<h1>Authorization server of ${site.name}</h1>
<p class="lead">MCP clients log in here, in your browser, when they connect to the server below. There is nothing to do on this page.</p>
<dl class="facts">
<dt>MCP server</dt><dd><code>${site.resource}</code></dd>
<dt>Issuer</dt><dd><code>${site.issuer}</code></dd>
<dt>Metadata</dt><dd><a href="${paths.metadata}">${paths.metadata}</a></dd>
<dt>Keys</dt><dd><a href="${paths.keys}">${paths.keys}</a></dd>
</dl>
<div class="note warn" role="note"><p><strong>For development only</strong>
Whoever reaches this address can log in under any name. It listens on this computer alone and does not start with NODE_ENV=production.</p></div>`,
  )
}
