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
if (options.Peak)
    PeakSection.Run(options, report);
else if (options.Allocations)
    AllocationSection.Run(options, report);
else if (options.Snapshots)
    SnapshotSection.Run(options, report);
else if (options.Busy)
    RunBusy();
else
    RunSpeed();

report.Write(Console.Out, options.Markdown);
if (options.JsonPath is { } path)
    report.WriteJson(path);
return 0;

// glibc gives the memory of large tensors back to the system after every step, and then each step begins with thousands of page faults.
Peer? StartTorch() => Peer.Start(PeerNames.Torch, "MONALISA_TORCH_COMMAND",
    ("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=4294967296"));

void RunBusy()
{
    using Peer? torch = StartTorch();
    BusySection.Run(options, report, torch);
}

void RunSpeed()
{
    // One peer at a time: an idle one still takes memory, and now and then a core.
    using (Peer? torch = StartTorch())
    {
        TrainingSection.Run(options, report, torch);
        GridSection.Run(options, report, torch);
    }
    RenderingSection.Run(options, report);
    RatioSection.Run(options, report);
    using Peer? convNetJS = Peer.Start(PeerNames.ConvNetJS, "MONALISA_CONVNETJS_COMMAND");
    PixelSection.Run(options, report, convNetJS);
}
