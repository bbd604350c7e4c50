import { Writable } from 'node:stream'

/**
 * Takes standard output for the protocol alone (MCP, stdio: the server must not write anything else to it). What
 * anything else in this process prints, from now on, goes to standard error: `console.log`, `process.stdout.write`, a
 * logger with its own ideas. What a program that is started with the same standard output prints cannot be caught.
 */
export function ownStdout(): Writable {
  const { stdout, stderr } = process
  const write = stdout.write.bind(stdout)
  const protocol = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      write(chunk, (error) => done(error))
    },
  })
  // The client closed its end.
  stdout.on('error', (error) => protocol.destroy(error))
  stderr.on('error', () => {})
  // For whoever holds the stream already, such as the console, and for whoever asks for it later.
  stdout.write = stderr.write.bind(stderr)
  Object.defineProperty(process, 'stdout', { value: stderr, configurable: true, enumerable: true })
  return protocol
}
