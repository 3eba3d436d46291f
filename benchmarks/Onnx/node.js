// Runs every model of a folder with a package of ONNX Runtime for JavaScript, as compare-runtimes.ps1 asks its runners to:
//   node node.js <package> <folder>
// places.f32 in the folder has the places, x then y; a line of JSON a model goes to the output, and the colours to <model>.colors.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [, , name, folder] = process.argv;
const ort = await import(name);
const { version } = createRequire(import.meta.url)(`./node_modules/${name}/package.json`);
if (name === "onnxruntime-web")
    ort.env.wasm.numThreads = 1;
const bytes = readFileSync(join(folder, "places.f32"));
const places = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);

for (const model of readdirSync(folder).filter(file => file.endsWith(".onnx")).sort()) {
    const result = { runtime: `${name} ${version}`, model };
    try {
        const session = await ort.InferenceSession.create(readFileSync(join(folder, model)),
            { intraOpNumThreads: 1, logSeverityLevel: 3 });
        const input = { coordinates: new ort.Tensor("float32", places, [places.length / 2, 2]) };
        let colors;
        result.seconds = Infinity;
        for (let round = 0; round < 3; round++) {
            const start = performance.now();
            colors = (await session.run(input)).colors.data;
            result.seconds = Math.min(result.seconds, (performance.now() - start) / 1000);
        }
        writeFileSync(join(folder, `${model}.colors`), new Uint8Array(colors.buffer, colors.byteOffset, colors.byteLength));
    } catch (error) {
        result.error = String(error.message ?? error).split("\n")[0];
    }
    console.log(JSON.stringify(result));
}
