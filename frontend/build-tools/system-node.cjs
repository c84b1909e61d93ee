// Links the Node and npm of this machine into the folder where frontend-maven-plugin looks for its own,
// so that a machine with a suitable Node downloads none. Exit status 1: no suitable Node here.
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const [major, minor] = process.versions.node.split('.').map(Number)
const suitable = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24
if (!suitable) process.exit(1)

function npmFolder() {
  const besideNode = path.join(
    path.dirname(fs.realpathSync(process.execPath)),
    '..',
    'lib',
    'node_modules',
    'npm',
  )
  if (fs.existsSync(path.join(besideNode, 'bin', 'npm-cli.js'))) return besideNode
  const root = execFileSync('npm', ['root', '-g'], { encoding: 'utf8' }).trim()
  const global = path.join(root, 'npm')
  if (fs.existsSync(path.join(global, 'bin', 'npm-cli.js'))) return global
  // Debian keeps npm here when it comes as a package of its own.
  const debian = '/usr/share/nodejs/npm'
  return fs.existsSync(path.join(debian, 'bin', 'npm-cli.js')) ? debian : null
}

const npm = npmFolder()
if (!npm) process.exit(1)

const home = path.join(process.argv[2], 'node')
fs.rmSync(home, { recursive: true, force: true })
fs.mkdirSync(path.join(home, 'node_modules'), { recursive: true })
fs.symlinkSync(fs.realpathSync(process.execPath), path.join(home, 'node'))
fs.symlinkSync(fs.realpathSync(npm), path.join(home, 'node_modules', 'npm'))
