import { createHash } from 'node:crypto'

/** The one style sheet: system fonts, no image, light and dark, from 320 pixels up. */
export const style: string = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f8; --card: #ffffff; --ink: #171a21; --soft: #5a6272; --line: #dfe3ea; --tint: #f6f7fa;
  --accent: #3b54d6; --accent-deep: #2e43b2; --on-accent: #ffffff; --focus: #3b54d6;
  --warn-ground: #fff6e3; --warn-line: #ecd6a0; --warn-ink: #6b4a00;
  --bad-ground: #fdeeee; --bad-line: #f0c4c4; --bad-ink: #93201f; --new-ground: #e5eafe; --new-ink: #2c3f9f;
  --shadow: 0 1px 2px rgb(20 26 40 / .05), 0 12px 32px -12px rgb(20 26 40 / .18);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101218; --card: #191c24; --ink: #eceef3; --soft: #a3abbb; --line: #2d323e; --tint: #20242e;
    --accent: #8ea2ff; --accent-deep: #a6b6ff; --on-accent: #10142a; --focus: #a6b6ff;
    --warn-ground: #2b2413; --warn-line: #574721; --warn-ink: #f1d591;
    --bad-ground: #2e1a1b; --bad-line: #5f3032; --bad-ink: #ffb4b0; --new-ground: #262f57; --new-ink: #c3ceff;
    --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 16px 40px -16px rgb(0 0 0 / .6);
  }
}
*, *::before, *::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  display: flex; justify-content: center; padding: 32px 16px;
}
.page { width: 100%; max-width: 464px; margin: auto }
.top { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 0 4px 16px }
.brand { display: flex; align-items: center; gap: 10px; min-width: 0; font-weight: 600; overflow-wrap: anywhere }
.brand svg { flex: none; color: var(--accent) }
.badge {
  flex: none; font-size: 12px; font-weight: 600; letter-spacing: .02em; padding: 3px 10px; border-radius: 99px;
  color: var(--warn-ink); background: var(--warn-ground); border: 1px solid var(--warn-line);
}
.card {
  background: var(--card); border: 1px solid var(--line); border-radius: 18px; padding: 32px;
  box-shadow: var(--shadow); overflow-wrap: anywhere;
}
h1 { font-size: 24px; line-height: 1.25; letter-spacing: -.015em; margin: 0 0 8px; text-wrap: balance }
h2 { font-size: 14px; margin: 28px 0 8px; color: var(--soft); font-weight: 600 }
p { margin: 0 0 12px }
.lead { color: var(--soft); margin-bottom: 24px }
.lead strong { color: var(--ink); font-weight: 600 }
.small { font-size: 14px; color: var(--soft) }
a { color: var(--accent); text-underline-offset: 3px }
a:hover { color: var(--accent-deep) }
code { font: 14px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
ul { list-style: none; margin: 0; padding: 0 }
.people { display: grid; gap: 8px }
.person {
  display: flex; align-items: center; gap: 12px; width: 100%; text-align: left; padding: 10px 14px;
  color: var(--ink); background: var(--card); border: 1px solid var(--line);
}
.person:hover { background: var(--tint); border-color: var(--accent) }
.person.suggested { border-color: var(--accent) }
.face {
  flex: none; width: 36px; height: 36px; border-radius: 50%; display: grid; place-items: center;
  background: var(--new-ground); color: var(--new-ink); font-weight: 600; text-transform: uppercase;
}
.person small { margin-left: auto; color: var(--soft); font-size: 13px; font-weight: 400 }
.or { display: flex; align-items: center; gap: 12px; color: var(--soft); font-size: 14px; margin: 20px 0 }
.or::before, .or::after { content: ""; flex: 1; height: 1px; background: var(--line) }
label { display: block; font-size: 14px; font-weight: 600; margin-bottom: 6px }
input[type=text] {
  width: 100%; font: inherit; color: inherit; background: var(--card); border: 1px solid #8b93a3; border-radius: 11px;
  padding: 11px 14px; min-height: 48px;
}
button {
  font: inherit; font-weight: 600; border-radius: 11px; border: 1px solid transparent; padding: 11px 18px;
  min-height: 48px; cursor: pointer;
}
.primary { background: var(--accent); color: var(--on-accent) }
.primary:hover { background: var(--accent-deep) }
.plain { background: transparent; color: var(--ink); border-color: #8b93a3 }
.plain:hover { background: var(--tint) }
.field button { width: 100%; margin-top: 12px }
.answers { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 28px }
.answers button { flex: 1 1 150px }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
.account {
  display: flex; align-items: center; gap: 12px; padding: 12px 14px; border: 1px solid var(--line);
  border-radius: 13px; background: var(--tint);
}
.account span:nth-child(2) { min-width: 0; flex: 1 }
.scopes { border: 1px solid var(--line); border-radius: 13px }
.scopes li { display: flex; gap: 12px; padding: 12px 14px }
.scopes li + li { border-top: 1px solid var(--line) }
.scopes svg { flex: none; margin-top: 2px; color: var(--accent) }
.scopes div { min-width: 0; flex: 1 }
.scopes small { display: block; color: var(--soft); font-size: 13px }
.new {
  font-size: 12px; font-weight: 600; padding: 1px 8px; border-radius: 99px; margin-left: 6px; white-space: nowrap;
  background: var(--new-ground); color: var(--new-ink);
}
.facts { margin: 0; font-size: 14px; display: grid; grid-template-columns: auto 1fr; gap: 6px 16px }
.facts dt { color: var(--soft) }
.facts dd { margin: 0; min-width: 0 }
.note { border: 1px solid; border-radius: 13px; padding: 12px 14px; font-size: 14px; margin: 16px 0 0 }
.note p:last-child { margin: 0 }
.note strong { display: block }
.warn { background: var(--warn-ground); border-color: var(--warn-line); color: var(--warn-ink) }
.bad { background: var(--bad-ground); border-color: var(--bad-line); color: var(--bad-ink) }
footer { padding: 16px 8px 0; font-size: 13px; color: var(--soft); text-align: center; overflow-wrap: anywhere }
@media (max-width: 420px) {
  body { padding: 16px 12px }
  .card { padding: 24px 18px; border-radius: 16px }
  .facts { grid-template-columns: 1fr; gap: 0 }
  .facts dd { margin-bottom: 8px }
}
@media (prefers-reduced-motion: no-preference) {
  button, .person { transition: background-color .12s, border-color .12s }
}
@media (forced-colors: active) { .badge, .note, .face, .new { border: 1px solid } }
`

/** The style sheet as a source in a content security policy: exactly these bytes and no other style. */
export const styleSource: string = `'sha256-${createHash('sha256').update(style).digest('base64')}'`
