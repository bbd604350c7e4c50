import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Where pictures of the pages go when somebody wants to look at them; nowhere otherwise. */
const folder = process.env.CONSOLE_PICTURES

/** A picture of the whole page, when pictures are wanted. */
export async function picture(page: Page, name: string, { whole = true }: { whole?: boolean } = {}): Promise<void> {
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole })
}
