/** The engine's second thread, built as a file of our own: the content policy lets no blob run. */
import '@/desk/map/base/newer'
import 'maplibre-gl/dist/maplibre-gl-csp-worker.js'
