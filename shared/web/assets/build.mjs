// Builds ../static from these sources: npm ci && npm run build. The output is committed; nobody needs npm to run the product.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import rtlcss from 'rtlcss'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const target = process.argv[2] ?? join(here, '..', 'static')
const OUTPUTS = ['NOTICE.txt', 'app.js', 'main.css', 'main.rtl.css']

function sources (folder = here) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== '.npmrc')
    .flatMap((entry) => entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)])
}

const hashes = (folder, paths) => Object.fromEntries(paths.sort().map((path) => [
  relative(folder, path).replaceAll('\\', '/'),
  createHash('sha256').update(readFileSync(path)).digest('hex')
]))

const css = sass.compile(join(here, 'main.scss'), { loadPaths: [join(here, 'node_modules')], style: 'compressed', quietDeps: true }).css + '\n'
writeFileSync(join(target, 'main.css'), css)
writeFileSync(join(target, 'main.rtl.css'), rtlcss.process(css))
buildSync({ entryPoints: [join(here, 'app.mjs')], bundle: true, minify: true, format: 'esm', target: 'es2020', legalComments: 'none', absWorkingDir: here, outfile: join(target, 'app.js') })
writeFileSync(join(target, 'NOTICE.txt'), readFileSync(join(here, 'NOTICE.txt')))

const { devDependencies } = JSON.parse(readFileSync(join(here, 'package.json')))
const manifest = { versions: devDependencies, outputs: hashes(target, OUTPUTS.map((name) => join(target, name))), sources: hashes(here, sources()) }
writeFileSync(join(target, 'MANIFEST.json'), JSON.stringify(manifest, null, 2) + '\n')
