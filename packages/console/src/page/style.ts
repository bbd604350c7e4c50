/** The one style sheet: the tokens of the login pages, system fonts, no image, light and dark, from 320 pixels up. */
export const style: string = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f8; --card: #ffffff; --ink: #171a21; --soft: #5a6272; --line: #dfe3ea; --tint: #f6f7fa;
  --accent: #3b54d6; --accent-deep: #2e43b2; --on-accent: #ffffff; --focus: #3b54d6; --edge: #8b93a3;
  --warn-ground: #fff6e3; --warn-line: #ecd6a0; --warn-ink: #6b4a00;
  --bad-ground: #fdeeee; --bad-line: #f0c4c4; --bad-ink: #93201f;
  --good-ground: #e8f6ee; --good-line: #b5dfc6; --good-ink: #14603a;
  --new-ground: #e5eafe; --new-line: #c3cefa; --new-ink: #2c3f9f;
  --shadow: 0 1px 2px rgb(20 26 40 / .05), 0 8px 24px -16px rgb(20 26 40 / .18);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101218; --card: #191c24; --ink: #eceef3; --soft: #a3abbb; --line: #2d323e; --tint: #20242e;
    --accent: #8ea2ff; --accent-deep: #a6b6ff; --on-accent: #10142a; --focus: #a6b6ff; --edge: #7d8697;
    --warn-ground: #2b2413; --warn-line: #574721; --warn-ink: #f1d591;
    --bad-ground: #2e1a1b; --bad-line: #5f3032; --bad-ink: #ffb4b0;
    --good-ground: #14281d; --good-line: #2a5a3e; --good-ink: #93dcb0;
    --new-ground: #262f57; --new-line: #3b477f; --new-ink: #c3ceff;
    --shadow: 0 1px 2px rgb(0 0 0 / .4), 0 12px 32px -20px rgb(0 0 0 / .6);
  }
}
*, *::before, *::after { box-sizing: border-box }
html { scroll-padding-top: 92px; -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
#console { max-width: 1240px; margin: 0 auto; padding: 0 24px 64px }
h1, h2, h3, p, ul, ol, dl, dd, figure, fieldset, legend { margin: 0; padding: 0 }
ul, ol { list-style: none }
h1 { font-size: 22px; line-height: 1.25; letter-spacing: -.015em; margin-bottom: 14px }
h1:has(+ .lead) { margin-bottom: 0 }
h1:focus, h2:focus { outline: none }
h2 { font-size: 15px; line-height: 1.4; font-weight: 650 }
h3 { font-size: 13px; font-weight: 600; color: var(--soft) }
h2.section { margin: 28px 0 10px }
code, .mono, pre { font-family: var(--mono); font-size: .88em }
small { font-size: 12.5px }
a { color: var(--accent); text-underline-offset: 3px }
a:hover { color: var(--accent-deep) }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
main:focus { outline: none }
.soft { color: var(--soft) }
.grow { flex: 1; min-width: 0 }
.end { margin-left: auto; white-space: nowrap }
.wrong { color: var(--bad-ink) }
.good { color: var(--good-ink) }
.wait { padding: 64px 24px; text-align: center; color: var(--soft) }
.lead { color: var(--soft); margin: 2px 0 18px; max-width: 72ch }
.empty { color: var(--soft); border: 1px dashed var(--line); border-radius: 12px; padding: 24px; text-align: center }
.hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.skip {
  position: absolute; left: 12px; top: -60px; z-index: 3; padding: 10px 16px; border-radius: 10px;
  background: var(--accent); color: var(--on-accent);
}
.skip:focus, .skip:hover { background: var(--accent); color: var(--on-accent) }
.skip:focus { top: 12px }

.top { display: flex; align-items: center; flex-wrap: wrap; gap: 8px 20px; padding: 18px 0 12px }
.brand { display: flex; align-items: center; gap: 10px; font-size: 17px; min-width: 0; overflow-wrap: anywhere }
.brand svg { flex: none; color: var(--accent) }
.brand small { color: var(--soft); font-size: 13px }
.address { display: flex; align-items: center; gap: 6px; min-width: 0; overflow-wrap: anywhere; color: var(--soft) }
.bar {
  position: sticky; top: 0; z-index: 2; display: flex; align-items: center; justify-content: space-between; gap: 4px 16px;
  background: var(--ground); border-bottom: 1px solid var(--line); margin-bottom: 22px;
}
.tabs { display: flex; gap: 4px; overflow-x: auto; margin-bottom: -1px }
.tabs a {
  display: flex; align-items: center; gap: 6px; padding: 10px 12px; color: var(--soft); text-decoration: none;
  font-weight: 600; border-bottom: 2px solid transparent; white-space: nowrap;
}
.tabs a:hover { color: var(--ink) }
.tabs a:focus-visible { outline-offset: -3px; border-radius: 8px }
.tabs a[aria-current] { color: var(--accent); border-bottom-color: var(--accent) }
.count { font-size: 12px; padding: 0 7px; border-radius: 99px; background: var(--new-ground); color: var(--new-ink) }

.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow) }
.stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px; align-content: start; min-width: 0 }
.split { display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; align-items: start }
.chips { display: flex; flex-wrap: wrap; align-items: center; gap: 6px }
.chip {
  display: inline-block; font-size: 12px; line-height: 1.5; font-weight: 550; padding: 1px 9px; border-radius: 99px;
  border: 1px solid var(--line); background: var(--tint); color: var(--soft); overflow-wrap: anywhere;
}
.chip.scope { font-family: var(--mono); font-size: 11.5px; background: var(--new-ground); border-color: var(--new-line); color: var(--new-ink) }
.chip.public, .chip.refused, .chip.s4 { background: var(--warn-ground); border-color: var(--warn-line); color: var(--warn-ink) }
.chip.danger, .chip.failed, .chip.s5 { background: var(--bad-ground); border-color: var(--bad-line); color: var(--bad-ink) }
.chip.allowed, .chip.live, .chip.s2 { background: var(--good-ground); border-color: var(--good-line); color: var(--good-ink) }
.chip.outcome { min-width: 74px; text-align: center }
.build { display: inline-flex; align-items: center; gap: 7px; padding: 2px 11px }
.lamp { width: 8px; height: 8px; border-radius: 50%; background: currentColor; flex: none }
.place { font-family: var(--mono); font-size: 12px; overflow-wrap: anywhere }
.chips .place { margin-left: auto }
.besides { list-style: disc; padding-left: 18px; display: grid; gap: 2px; font-size: 13px; color: var(--soft); overflow-wrap: anywhere }
.matrix .besides { font-size: 12px; padding-left: 15px }

button, .button {
  font: inherit; font-size: 14px; font-weight: 600; border-radius: 9px; border: 1px solid var(--edge); padding: 7px 14px;
  min-height: 38px; cursor: pointer; background: transparent; color: var(--ink); text-decoration: none;
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; text-align: center;
}
button:hover, .button:hover { background: var(--tint); color: var(--ink) }
button.small { min-height: 30px; padding: 3px 11px; font-size: 13px; border-radius: 8px; border-color: var(--line) }
button[aria-pressed=true] { background: var(--new-ground); border-color: var(--new-line); color: var(--new-ink) }

.primary { background: var(--accent); color: var(--on-accent); border-color: transparent }
.primary:hover { background: var(--accent-deep); color: var(--on-accent) }
.copy {
  min-height: 26px; padding: 2px 8px; font-size: 12px; border-color: transparent; color: var(--soft); gap: 5px; border-radius: 7px;
}
.copy svg { flex: none }
.note { border: 1px solid; border-radius: 12px; padding: 12px 16px; font-size: 14px; margin-bottom: 18px }
.warn { background: var(--warn-ground); border-color: var(--warn-line); color: var(--warn-ink) }
.bad.note { background: var(--bad-ground); border-color: var(--bad-line); color: var(--bad-ink) }
.findings ul { display: grid; gap: 10px; margin-top: 8px }
.findings li { overflow-wrap: anywhere }
.findings a { color: inherit }

.item { padding: 16px 20px; display: grid; gap: 8px; margin-bottom: 12px }
.item header { display: flex; align-items: start; justify-content: space-between; gap: 12px }
.item h2 { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; overflow-wrap: anywhere }
.item h2 code { font-size: 15px }
.item .title { font-weight: 500; color: var(--soft) }
.item .button { min-height: 32px; padding: 3px 14px; flex: none }
summary { cursor: pointer }
.schema { border-top: 1px solid var(--line); padding-top: 8px; min-width: 0 }
.schema > summary, .part > summary, .raw > summary { font-size: 13px; font-weight: 600; color: var(--soft) }
.schema .inline { font-weight: 400; font-family: var(--mono); font-size: 12px; margin-left: 10px; overflow-wrap: anywhere }
.raw { margin-top: 8px }
.schemas { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px 24px }
.scroll { overflow-x: auto; position: relative }
.schema .scroll { margin-top: 8px; border: 1px solid var(--line); border-radius: 10px }
table { border-collapse: collapse; width: 100%; font-size: 13.5px }
th, td { text-align: left; vertical-align: top; padding: 7px 12px; font-weight: 400 }
thead th { font-weight: 600; color: var(--soft); font-size: 12.5px; background: var(--tint) }
tbody tr + tr > * { border-top: 1px solid var(--line) }
.schema th[scope=row] { white-space: nowrap }

.matrix { border-radius: 14px }
.matrix table { width: auto; min-width: 100%; border-collapse: separate; border-spacing: 0 }
.matrix .chip { white-space: nowrap }
.matrix td, .matrix thead th { text-align: center; vertical-align: middle; min-width: 84px }
.matrix thead th { vertical-align: bottom; border-bottom: 1px solid var(--line) }
.matrix thead th code { display: block; color: var(--ink); font-size: 12.5px; white-space: nowrap }
.matrix thead th small { font-weight: 500 }
.matrix th[scope=row], .matrix .corner {
  position: sticky; left: 0; z-index: 1; background: var(--card); text-align: left; width: 280px; min-width: 130px; max-width: 44vw;
  border-right: 1px solid var(--line); overflow-wrap: anywhere;
}
.matrix .corner { background: var(--tint) }
.matrix th[scope=row] code { display: block; font-size: 13px; font-weight: 600 }
.matrix tbody tr + tr > * { border-top: 1px solid var(--line) }
.matrix tbody + tbody .kind th { border-top: 1px solid var(--line) }
.kind th { background: var(--tint); font-size: 12.5px; font-weight: 600; color: var(--soft); padding: 4px 12px }
.kind th span { position: sticky; left: 12px }
.matrix tr.public td, .matrix tr.public th[scope=row] { background: var(--warn-ground) }
.dot { display: inline-block; width: 15px; height: 15px; border-radius: 50%; vertical-align: -2px; border: 2px solid var(--accent); forced-color-adjust: none }
.dot.needed { background: var(--accent) }
.dot.includes { background: linear-gradient(90deg, var(--accent) 50%, transparent 50%) }
.no { color: var(--soft) }
.sideways { display: none; margin-top: 10px; font-size: 13px; color: var(--soft) }
.legend { display: flex; flex-wrap: wrap; gap: 6px 20px; margin-top: 12px; font-size: 13px; color: var(--soft) }
.rows > li { padding: 10px 16px }
.rows > li + li { border-top: 1px solid var(--line) }
.rows .grow { flex-basis: 200px }
.rows:not(.decisions) > li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px }

.segments { display: inline-flex; border: 1px solid var(--line); border-radius: 9px; padding: 2px; background: var(--tint) }
.segments label { position: relative; cursor: pointer }
.segments input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer }
.segments span, .segments button {
  display: block; padding: 4px 12px; border-radius: 7px; font-size: 13px; font-weight: 600; color: var(--soft); min-height: 0; border: 1px solid transparent;
}
.segments input:checked + span, .segments button[aria-selected=true] { background: var(--card); color: var(--ink); border-color: var(--line) }
.segments input:focus-visible + span { outline: 3px solid var(--focus); outline-offset: 1px }
.tools { display: flex; flex-wrap: wrap; align-items: center; gap: 10px 14px; margin-bottom: 14px }
fieldset { border: 0; min-width: 0 }

.decisions li { display: grid; gap: 2px }
.decisions p { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; font-size: 14px; min-width: 0 }
.decisions .second { display: block; font-size: 13px; overflow-wrap: anywhere; padding-left: 84px }
.decisions .grow { overflow-wrap: anywhere }
.strong { font-weight: 650 }
.decisions time { font-variant-numeric: tabular-nums; font-size: 13px }
.decisions > .refused { box-shadow: inset 3px 0 var(--warn-line) }
.decisions > .failed { box-shadow: inset 3px 0 var(--bad-line) }
.decisions li:first-child { border-radius: 13px 13px 0 0 }
.decisions li:last-child { border-radius: 0 0 13px 13px }

.logins, .call-form { padding: 16px 20px; display: grid; gap: 12px; min-width: 0 }
.tab-row { display: flex; align-items: center; justify-content: space-between; gap: 10px; min-height: 32px }
.people { display: grid; gap: 2px }
.person-row { display: flex; align-items: center; gap: 6px }
.person {
  display: flex; align-items: center; gap: 10px; padding: 7px 10px; margin: 0 -10px; border-radius: 9px; cursor: pointer; flex: 1; min-width: 0;
}
.person .chip { margin: 1px 4px 1px 0 }
.person:hover { background: var(--tint) }
.person:has(input:checked) { background: var(--new-ground) }
.person:has(input:checked) .soft { color: var(--new-ink) }
.person:has(input:checked) .chip.scope { background: var(--card) }
.person-row .person { margin-right: 0 }
input[type=radio], input[type=checkbox] { accent-color: var(--accent); width: 16px; height: 16px; margin: 0; flex: none }
.login-form { display: grid; gap: 12px; border-top: 1px solid var(--line); padding-top: 14px }
.field { display: grid; gap: 4px; min-width: 0 }
.field .label { font-size: 13px; font-weight: 600 }
.label code, legend code { font-size: 12.5px }
.field small { overflow-wrap: anywhere }
input[type=text], select, textarea {
  width: 100%; font: inherit; font-size: 14px; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: 9px;
  padding: 7px 11px; min-height: 38px;
}
textarea { resize: vertical; line-height: 1.5 }
textarea.mono { font-family: var(--mono); font-size: 13px }
select { padding-right: 6px }
.fields { display: grid; gap: 12px; min-width: 0 }
.frame { border: 1px solid var(--line); border-radius: 11px; padding: 10px 14px 12px; display: grid; gap: 8px }
.frame legend { font-size: 13px; font-weight: 600; padding: 0 6px; margin-left: -6px }
.check { display: flex; align-items: baseline; gap: 9px; cursor: pointer }
.check input { translate: 0 2px }
.included { color: var(--good-ink); font-weight: 600 }
.list-item { display: flex; align-items: end; gap: 8px }
.list-item > :first-child { flex: 1 }
.arguments { border-top: 1px solid var(--line); padding-top: 12px; display: grid; gap: 10px }
.actions { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: 12px }
.actions .primary { overflow-wrap: anywhere }
.login-form .actions { justify-content: end }
.field.inline { flex: 0 1 230px }
.about { color: var(--soft); font-size: 14px }

.timeline { display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; min-width: 0 }
.run { padding: 12px 18px; min-width: 0 }
.run > summary { display: flex; align-items: baseline; gap: 8px; list-style: none; overflow-wrap: anywhere }
.run > summary::before { content: ""; flex: none; width: 7px; height: 7px; border: solid var(--soft); border-width: 0 2px 2px 0; rotate: -45deg; translate: 0 -2px }
.run[open] > summary::before { rotate: 45deg; translate: 0 -4px }
.run > summary::-webkit-details-marker { display: none }
.run .steps { margin-top: 12px }
.step { position: relative; padding: 0 0 16px 24px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 6px; font-size: 14px; min-width: 0 }
.step::before { content: ""; position: absolute; left: 0; top: 5px; width: 12px; height: 12px; border-radius: 50%; border: 3px solid var(--soft); background: var(--card) }
.step::after { content: ""; position: absolute; left: 5.5px; top: 21px; bottom: 0; width: 1px; background: var(--line) }
.step:last-child::after { display: none }
.step:last-child { padding-bottom: 4px }
.step.good::before { border-color: var(--good-ink) }
.step.asked::before { border-color: var(--warn-ink) }
.step.bad::before { border-color: var(--bad-ink) }
.step.good { color: inherit }
.line { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 8px; min-width: 0; overflow-wrap: anywhere }
.notes { display: grid; gap: 1px; color: var(--soft); font-size: 13px; overflow-wrap: anywhere }
.part { min-width: 0 }
.part .code { margin-top: 6px }
.challenge { border: 1px solid var(--warn-line); background: var(--warn-ground); border-radius: 11px; padding: 9px 14px; min-width: 0 }
.challenge .line { color: var(--warn-ink); font-weight: 600 }
.challenge dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 5px 16px; padding-top: 5px }
.challenge dl > div { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: baseline }
.challenge dt { color: var(--warn-ink); overflow-wrap: anywhere }
.challenge dd { display: grid; overflow-wrap: anywhere }
.challenge dd small { color: var(--warn-ink); opacity: .85 }
.offer { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px 12px; border-top: 1px solid var(--line); margin-top: 8px; padding-top: 12px; font-size: 14px }
.code { position: relative; min-width: 0 }
.code .scroll { max-height: 340px; overflow: auto; border-radius: 10px; border: 1px solid var(--line); background: var(--tint) }
.code pre { margin: 0; padding: 10px 14px; width: max-content; font-size: 12.5px; line-height: 1.55; tab-size: 2 }
.code pre code { font-size: inherit }
.code .copy { position: absolute; right: 6px; top: 6px; background: var(--tint) }

.connect h2 { font-size: 17px }
.picker { display: flex; flex-wrap: wrap; gap: 4px }
.picker a {
  display: block; padding: 7px 12px; border-radius: 9px; color: var(--ink); text-decoration: none; font-weight: 550; border: 1px solid var(--line);
}
.picker a:hover { background: var(--tint) }
.picker a[aria-current] { background: var(--new-ground); color: var(--new-ink); border-color: var(--new-line) }
.picker .soft { font-size: 12px; font-weight: 400 }
.picker a[aria-current] .soft { color: inherit }
.steps.card { padding: 18px 22px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; min-width: 0 }
.steps.card .note { margin: 0 }
.steps.card ol { display: grid; gap: 14px }
.steps.card li { display: grid; grid-template-columns: minmax(0, 1fr); gap: 6px; min-width: 0; overflow-wrap: anywhere }
.steps.card .code pre { padding-right: 84px }
.qr { display: flex; flex-wrap: wrap; align-items: center; gap: 18px }
.qr svg { width: 168px; height: 168px; border-radius: 10px; border: 1px solid var(--line); flex: none }
.qr figcaption { display: grid; gap: 4px; min-width: 0; overflow-wrap: anywhere }

@media (min-width: 960px) {
  html { scrollbar-gutter: stable }
  .schemas { grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: start }
  .split.call { grid-template-columns: minmax(0, 5fr) minmax(0, 7fr) }
  .split.connect { grid-template-columns: 220px minmax(0, 1fr) }
  .split.connect .picker { flex-direction: column }
  .split.connect .picker a { border-color: transparent }
  .split.connect .picker a[aria-current] { border-color: var(--new-line) }
}
.call { margin-top: 14px }
@media (max-width: 560px) {
  #console { padding: 0 14px 40px }
  .bar { flex-direction: column-reverse; align-items: start; margin-inline: -14px; padding-top: 6px }
  .bar nav { max-width: 100% }
  .bar .build { margin-left: 14px }
  .tabs { padding-inline: 8px; gap: 0 }
  .tabs a { padding: 10px 8px; font-size: 14px }
  .tabs .count { display: none }
  .item, .logins, .call-form { padding: 14px 16px }
  .run { padding: 12px 14px }
  .chips .place { margin-left: 0 }
  .decisions .second { padding-left: 0 }
  .matrix td, .matrix th { padding: 6px 8px }
  .matrix td, .matrix thead th { min-width: 68px }
  .sideways { display: block }
  .challenge dl { grid-template-columns: minmax(0, 1fr) }
  .challenge dl > div { display: block }
  .steps.card { padding: 16px }
  .field.inline { flex: 1 1 100% }
  .actions .primary { flex: 1 1 auto }
}
@media (prefers-reduced-motion: no-preference) {
  button, .button, .tabs a, .picker a { transition: background-color .12s, border-color .12s, color .12s }
  .build.building .lamp { animation: breathe 1.2s ease-in-out infinite alternate }
  @keyframes breathe { to { opacity: .3 } }
}
@media (forced-colors: active) {
  .chip, .card, .note { border: 1px solid }
  .tabs a, .segments span, .segments button { border-color: Canvas }
  .tabs a[aria-current], .segments input:checked + span, .segments button[aria-selected=true], .picker a[aria-current],
  button[aria-pressed=true] { background: Highlight; color: HighlightText; forced-color-adjust: none }
}
`
