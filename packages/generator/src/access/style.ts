/** Light and dark, by the reader's setting; nothing is told by colour alone. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1a1a1a; --quiet: #595959; --page: #fff; --line: #c9c9c9; --need: #0b4fa8; --open: #fff1cc; --open-text: #6b3d00 }
@media (prefers-color-scheme: dark) { :root { --text: #ececec; --quiet: #b3b3b3; --page: #161616; --line: #4a4a4a; --need: #9cc4ff; --open: #3d2d00; --open-text: #ffd98a } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem }
h1 { font-size: 1.5rem; overflow-wrap: anywhere }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere }
.wide { overflow-x: auto }
.wide:focus-visible { outline: 2px solid var(--need); outline-offset: 2px }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top }
thead th code { white-space: nowrap }
tbody th { font-weight: 400; min-width: 12rem }
small { display: block; color: var(--quiet); overflow-wrap: anywhere }
.needed { color: var(--need); font-weight: 700 }
.covers, .all { color: var(--quiet) }
.public th, .public td { background: var(--open); color: var(--open-text) }
.public small { color: inherit }
.public .all { font-weight: 700; color: inherit }
@media print {
  :root { --text: #000; --quiet: #333; --page: #fff; --line: #777; --need: #000; --open: #fff; --open-text: #000 }
  main { max-width: none; padding: 0 }
  .wide { overflow: visible }
  tr { break-inside: avoid }
  thead { display: table-header-group }
  .public th, .public td { border-width: 2px }
}
`
