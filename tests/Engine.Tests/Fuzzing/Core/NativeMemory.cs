using System.Globalization;

namespace MonaLisa.Engine.Tests;

/// <summary>How much the process's memory has grown at most since a moment, native memory included; only Linux tells.</summary>
internal sealed class NativeMemory
{
    private readonly long _before;

    private NativeMemory(long before) => _before = before;

    /// <summary>Begins; null on other systems.</summary>
    public static NativeMemory? Start()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        // "Reset the peak resident set size", proc(5).
        File.WriteAllText("/proc/self/clear_refs", "5");
        return new NativeMemory(Peak());
    }

    /// <summary>The bytes between the memory at the start and its highest mark since.</summary>
    public long Growth() => Peak() - _before;

    private static long Peak()
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
            if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
        return 0;
    }
}
