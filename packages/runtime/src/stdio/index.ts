export { type ServerModule, startStdio } from './start-stdio.js'
