#!/usr/bin/env node
// Every Node parses this file, so that an old one can say that it is too old: nothing is imported before it is known.

var version = process.versions.node.split('.').map(Number)

if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  process.stderr.write(
    'mcp-gen needs Node 20.19 or newer, and this is Node ' +
      process.versions.node +
      '. Install a newer one: https://nodejs.org\n',
  )
  process.exitCode = 2
} else {
  import('../dist/cli/main.js')
    .then((program) => program.main(process.argv.slice(2)))
    .then((code) => {
      process.exitCode = code
    })
}
