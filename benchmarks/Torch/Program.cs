using System.Text.Json;
using MonaLisa.Torch;
using TorchSharp;

try
{
    torch.InitializeDeviceType(DeviceType.CPU);
}
catch (Exception exception) when (exception is TypeInitializationException or NotSupportedException or DllNotFoundException)
{
    Console.Error.WriteLine("TorchSharp's native library does not load here; on Linux it needs libstdc++ of GCC 13 or later.");
    return 1;
}

StepBenchmark? benchmark = null;
DisposeScope? scope = null;
while (Console.ReadLine() is { } line)
{
    PeerRequest request = JsonSerializer.Deserialize<PeerRequest>(line, JsonSerializerOptions.Web)!;
    switch (request.Command)
    {
        case "prepare":
            scope?.Dispose();
            scope = torch.NewDisposeScope();
            benchmark = new StepBenchmark(request);
            Console.WriteLine(JsonSerializer.Serialize(new { benchmark.Name }, JsonSerializerOptions.Web));
            break;
        case "measure":
            (long pixels, double seconds) = benchmark!.Measure(request.Seconds);
            Console.WriteLine(JsonSerializer.Serialize(new { pixels, seconds }, JsonSerializerOptions.Web));
            break;
        default:
            Console.Error.WriteLine($"There is no command '{request.Command}'.");
            return 1;
    }
}
return 0;
