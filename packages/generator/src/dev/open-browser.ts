import { spawn } from 'node:child_process'

/** Shows a page in the browser of whoever develops; where there is none, nothing happens. */
export function openBrowser(url: string): void {
  const [command, ...arguments_] = COMMANDS[process.platform] ?? ['xdg-open']
  if (command === undefined) return
  const child = spawn(command, [...arguments_, url], { stdio: 'ignore', detached: true, windowsHide: true })
  child.on('error', () => undefined)
  child.unref()
}

const COMMANDS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}
