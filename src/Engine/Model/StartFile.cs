using System.Reflection;
using System.Runtime.InteropServices;

namespace MonaLisa.Engine;

/// <summary>Files of learned numbers in this assembly, with which networks begin.</summary>
internal static class StartFile
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="name">Its name.</param>
    public static byte[] Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The numbers of a file of halves.</summary>
    /// <param name="name">Its name.</param>
    public static float[] ReadHalves(string name) =>
        Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(Read(name)).ToArray(), number => (float)number);
}
