/** What must stay true of the package itself, so that it installs anywhere. */
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

test('every locked package accepts the oldest Node we promise', () => {
  expect(execFileSync(process.execPath, ['scripts/node-floor.mjs'], { encoding: 'utf8' })).toContain('Every locked package accepts')
})

test('the lock names no registry, so that everybody installs from their own', async () => {
  expect(await readFile('package-lock.json', 'utf8')).not.toMatch(/"resolved": "https?:/)
})

test('no install script of a package is needed or allowed', async () => {
  const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8')) as { packages: Record<string, { hasInstallScript?: boolean }> }
  const { allowScripts } = JSON.parse(await readFile('package.json', 'utf8')) as { allowScripts: Record<string, boolean> }
  const withScripts = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.replace(/^.*node_modules\//, ''))
  expect(withScripts.filter((name) => allowScripts[name] !== false)).toEqual([])
})
