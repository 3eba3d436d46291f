using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MonaLisa.Benchmarks.Kernels;

// In this process: the kernels are internal to the engine, and shown only to an assembly of this one's name.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithIterationCount(10).WithToolchain(InProcessEmitToolchain.Instance))
    .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"))
    .AddColumn(new RateColumn(), StatisticColumn.Median);
BenchmarkSwitcher.FromTypes([typeof(ProductBenchmarks), typeof(ThinBenchmarks), typeof(GridBenchmarks), typeof(ElementBenchmarks)]).Run(args, config);
