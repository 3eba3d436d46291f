using MonaLisa.Benchmarks;

if (args is [BusyNeighbor.Argument])
{
    BusyNeighbor.Run();
    return 0;
}

BenchmarkOptions options;
try
{
    options = BenchmarkOptions.Parse(args);
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

var report = new Report();
if (options.Allocations)
    AllocationSection.Run(options, report);
using (Peer? torch = options.Allocations ? null : Peer.Start("libtorch", "MONALISA_TORCH_COMMAND"))
{
    if (options.Busy)
        BusySection.Run(options, report, torch);
    else if (!options.Allocations)
        TrainingSection.Run(options, report, torch);
}
if (options is { Busy: false, Allocations: false })
{
    RenderingSection.Run(options, report);
    RatioSection.Run(options, report);
    using Peer? convNetJS = Peer.Start("ConvNetJS", "MONALISA_CONVNETJS_COMMAND");
    PixelSection.Run(options, report, convNetJS);
}

report.Write(Console.Out, options.Markdown);
if (options.JsonPath is { } path)
    report.WriteJson(path);
return 0;
