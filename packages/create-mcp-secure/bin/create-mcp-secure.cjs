#!/usr/bin/env node
// Old Node has to be able to read this file: nothing in it is newer than ES5.
var engines = require('../package.json').engines
var oldest = engines.node.replace('>=', '').split('.')
var running = process.versions.node.split('.')
var tooOld =
  Number(running[0]) < Number(oldest[0]) || (running[0] === oldest[0] && Number(running[1]) < Number(oldest[1]))

if (tooOld) {
  console.error(
    'create-mcp-secure needs Node ' +
      oldest[0] +
      '.' +
      oldest[1] +
      ' or newer, and this is ' +
      process.versions.node +
      '. Install a newer one and try again: https://nodejs.org',
  )
  process.exit(1)
} else {
  require('./start.cjs')
}
