import { type Io, isInteractive } from './io.js'

/** What takes less is not worth a word. */
const DELAY_MILLISECONDS = 300
const FRAME_MILLISECONDS = 80
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/**
 * Shows that something is being done while a person waits for it, on a line that
 * is gone when it is done. Where nobody waits it shows nothing.
 */
export async function withProgress<T>(label: string, io: Io, work: () => Promise<T>): Promise<T> {
  if (!isInteractive(io.err, io.env)) return work()
  let frame = 0
  let repeated: NodeJS.Timeout | undefined
  const draw = () => io.err.write(`\r${FRAMES[frame++ % FRAMES.length]} ${label}`)
  const delayed = setTimeout(() => {
    draw()
    repeated = setInterval(draw, FRAME_MILLISECONDS)
  }, DELAY_MILLISECONDS)
  try {
    return await work()
  } finally {
    clearTimeout(delayed)
    clearInterval(repeated)
    if (frame > 0) io.err.write(`\r${' '.repeat(label.length + 2)}\r`)
  }
}
