using System.Globalization;
using System.Runtime.InteropServices;

namespace MonaLisa.Engine.Platform;

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
