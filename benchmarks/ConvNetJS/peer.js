// Speaks the protocol of benchmarks/README.md: a request a line in, an answer a line out.
import { createInterface } from "node:readline";
import convnetjs from "convnetjs";

const inputCount = 2, outputCount = 3, pixelCount = 4096;

/** The network of ConvNetJS's image regression demo, and its trainer; the loss is half the squared error. */
class StepBenchmark {
  constructor({ hidden, activation, batch, threads }) {
    if (activation !== "relu")
      throw new Error(`ConvNetJS has no activation ${activation}.`);
    if (threads !== 1)
      throw new Error("ConvNetJS has one thread.");
    const network = new convnetjs.Net();
    network.makeLayers([
      { type: "input", out_sx: 1, out_sy: 1, out_depth: inputCount },
      ...hidden.map(width => ({ type: "fc", num_neurons: width, activation: "relu" })),
      { type: "regression", num_neurons: outputCount },
    ]);
    this.trainer = new convnetjs.SGDTrainer(network, { learning_rate: 1e-4, momentum: 0.9, batch_size: batch, l2_decay: 0 });
    this.pixels = Array.from({ length: pixelCount }, () => {
      const place = new convnetjs.Vol(1, 1, inputCount);
      place.w = place.w.map(() => Math.random() - 0.5);
      return { place, color: Array.from({ length: outputCount }, () => Math.random()) };
    });
    this.next = 0;
  }

  /** Learns for some time, from one pixel at least. */
  measure(seconds) {
    const start = performance.now();
    let pixels = 0, elapsed = 0;
    do {
      const { place, color } = this.pixels[this.next++ % pixelCount];
      this.trainer.train(place, color);
      pixels++;
      elapsed = (performance.now() - start) / 1000;
    } while (elapsed < seconds);
    return { pixels, seconds: elapsed };
  }
}

let benchmark;
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.command === "prepare") {
    benchmark = new StepBenchmark(request);
    benchmark.measure(0.3); // until the compiler has settled
    console.log(JSON.stringify({ name: "ConvNetJS 0.3.0" }));
  } else if (request.command === "measure") {
    console.log(JSON.stringify(benchmark.measure(request.seconds)));
  } else {
    throw new Error(`There is no command '${request.command}'.`);
  }
}
