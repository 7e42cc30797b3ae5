import { defineConfig } from 'vite'

// No outside request: everything is bundled, and served by `tieline serve` under /map/.
export default defineConfig({
  base: '/map/',
  build: { outDir: '../../graphql/picture/dist', emptyOutDir: true, sourcemap: false, license: { fileName: 'licences.md' } },
})
