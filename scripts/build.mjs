/** Builds the server (esbuild) and the web application (vite) into the folder it is given; the folder appears whole or not at all. */
import { build as bundle } from 'esbuild'
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './checkout.mjs'

const folder = process.argv[2]
const unfinished = `${folder}-unfinished-${process.pid}`
mkdirSync(dirname(folder), { recursive: true })

try {
  await buildServer()
  await buildWeb()
  cpSync(join(root, 'migrations'), join(unfinished, 'migrations'), { recursive: true })
  if (!existsSync(folder)) renameSync(unfinished, folder)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  rmSync(unfinished, { recursive: true, force: true })
}

/** One file with a source map; packages stay in node_modules. */
function buildServer() {
  return bundle({
    entryPoints: [join(root, 'src/main.ts')], outdir: unfinished, absWorkingDir: root,
    bundle: true, packages: 'external', platform: 'node', target: 'node20', format: 'esm', sourcemap: true, logLevel: 'warning',
  })
}

async function buildWeb() {
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir: join(unfinished, 'web'), emptyOutDir: true } })
}
