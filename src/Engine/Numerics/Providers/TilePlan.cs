using System.Globalization;
using System.Runtime.InteropServices;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// How many rows a tile has: as many as fit the second-level cache beside the weights that stream through it. The managed
/// kernels sum gradients in the same order whatever it is, so that it changes the speed and no bit of the weights.
/// </summary>
internal static class TilePlan
{
    private const int FewestRows = 64, MostRows = 256;

    /// <summary>A backward pass reads all activations again; this is fastest where the weights do not fit the cache.</summary>
    private const int LargeNetworkTrainingRows = 128;

    /// <summary>Rows of a tile on this machine, a multiple of <see cref="PanelLayout.Width"/>.</summary>
    /// <param name="design">The network's shape.</param>
    /// <param name="training">Whether there will be backward passes.</param>
    public static int RowsFor(MlpDesign design, bool training) => RowsFor(design, training, ProcessorCache.SecondLevelBytes);

    /// <summary>Rows of a tile beside a second-level cache of the given size, three quarters of which are the tile's.</summary>
    public static int RowsFor(MlpDesign design, bool training, long cacheBytes)
    {
        long[] widths = [.. design.HiddenLayers.Select(width => (long)PanelLayout.PaddedColumns(width))];
        long features = design.Encoding.Kind == EncodingKind.None ? 0 : PanelLayout.PaddedColumns(design.Encoding.FeatureCount);
        long floatsPerRow = features + widths.Sum() * (ActivationKernels.KeepsDerivative(design.Activation) ? 2 : 1);
        long weights = widths.Prepend(features).Zip(widths, (inputs, outputs) => inputs * outputs).Sum();
        // Weights that do not fit are read from memory for every tile; then few large tiles are faster than tiles that fit.
        if (weights * sizeof(float) > cacheBytes)
            return training ? LargeNetworkTrainingRows : MostRows;
        long rows = cacheBytes * 3 / 4 / (floatsPerRow * sizeof(float));
        return (int)Math.Clamp(rows, FewestRows, MostRows) / PanelLayout.Width * PanelLayout.Width;
    }
}

/// <summary>The caches of this machine's processor, as far as the system says.</summary>
internal static partial class ProcessorCache
{
    /// <summary>What most of today's fast cores have; used where the system does not say.</summary>
    private const long UsualBytes = 1 << 20;

    private const string LinuxFile = "/sys/devices/system/cpu/cpu0/cache/index2/size";

    /// <summary>The second-level cache of one core, in bytes.</summary>
    public static long SecondLevelBytes { get; } = Read() is { } bytes and >= (1 << 17) ? bytes : UsualBytes;

    /// <summary>A size as Linux writes it, such as <c>1024K</c> or <c>2M</c>, in bytes; null where it is none.</summary>
    public static long? Parse(string text)
    {
        text = text.Trim();
        int shift = text.EndsWith('K') ? 10 : text.EndsWith('M') ? 20 : 0;
        return long.TryParse(text.TrimEnd('K', 'M'), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number << shift
            : null;
    }

    private static long? Read()
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return Parse(File.ReadAllText(LinuxFile));
            return OperatingSystem.IsMacOS() ? ReadMacOS() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Apple's cores share their second level; a quarter of it is about one core's.</summary>
    private static unsafe long? ReadMacOS()
    {
        long bytes = 0;
        nuint length = sizeof(long);
        return SystemControlByName("hw.perflevel0.l2cachesize", &bytes, &length, null, 0) == 0 ? bytes / 4 : null;
    }

    [LibraryImport(SystemLibrary.Name, EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int SystemControlByName(string name, void* value, nuint* length, void* newValue, nuint newLength);
}
