import { html } from './html.js'
import { layout, type Site } from './layout.js'

export interface ErrorView {
  readonly site: Site
  /** What is wrong, in a few words. */
  readonly title: string
  /** What it means and what to do, a sentence or two each. */
  readonly explanation: readonly string[]
  /** What a developer looks for: the OAuth error and its description. */
  readonly detail?: string | undefined
  /** Where the person may go on to, by their own decision. */
  readonly link?: { readonly address: string; readonly text: string } | undefined
}

export function errorPage({ site, title, explanation, detail, link }: ErrorView): string {
  return layout(
    site,
    title,
    html`<h1>${title}</h1>
${explanation.map((paragraph) => html`<p>${paragraph}</p>`)}
${link && html`<p><a href="${link.address}" rel="noreferrer">${link.text}</a></p>`}
${detail !== undefined && html`<h2>For developers</h2><p class="small"><code>${detail}</code></p>`}`,
  )
}
