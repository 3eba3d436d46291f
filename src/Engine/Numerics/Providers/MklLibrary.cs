using System.Runtime.InteropServices;
using System.Text;

namespace MonaLisa.Engine.Numerics;

/// <summary>
/// Intel's Math Kernel Library through its C interface (oneMKL reference, cblas_?gemm). It is searched for once per process, and
/// loaded at the first use.
/// </summary>
internal sealed unsafe class MklLibrary
{
    /// <summary>The environment variable with the library's file or folder; it comes before all other places.</summary>
    public const string PathVariable = "MONALISA_MKL";

    private const int RowMajor = 101, NoTranspose = 111, Transpose = 112;
    private const int SequentialLayer = 1, Lp64Interface = 0;

    private static readonly Lazy<MklLibrary> Shared = new(Find);

    private delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _sgemm;

    /// <summary>A library that cannot be used.</summary>
    /// <param name="reason">Why, and what to do.</param>
    internal MklLibrary(string reason) => Reason = reason;

    /// <summary>The library of this process, found or not.</summary>
    public static MklLibrary Instance => Shared.Value;

    /// <summary>Whether it can be used.</summary>
    public bool IsAvailable => _sgemm != null;

    /// <summary>What was found, or why nothing can be used and what to do.</summary>
    public string Reason { get; private set; }

    /// <summary>Whether the reason says how to get a library that can be used.</summary>
    public bool HasRemedy => Reason.EndsWith(MklSearch.Remedy, StringComparison.Ordinal);

    /// <summary>The library's file.</summary>
    public string? Path { get; private set; }

    /// <summary>The library's version.</summary>
    public string? Version { get; private set; }

    /// <summary><c>C = op(A) * op(B) + beta * C</c>, all row-major.</summary>
    /// <param name="transposeA">Whether A is stored <c>[k, m]</c> rather than <c>[m, k]</c>.</param>
    /// <param name="transposeB">Whether B is stored <c>[n, k]</c> rather than <c>[k, n]</c>.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="a">A.</param>
    /// <param name="strideA">Floats from a row of A to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="strideB">Floats from a row of B to the next.</param>
    /// <param name="beta">0 to overwrite C, 1 to add to it.</param>
    /// <param name="c">C.</param>
    /// <param name="strideC">Floats from a row of C to the next.</param>
    public void Multiply(
        bool transposeA, bool transposeB, int m, int n, int k, float* a, int strideA, float* b, int strideB, float beta, float* c, int strideC) =>
        _sgemm(RowMajor, transposeA ? Transpose : NoTranspose, transposeB ? Transpose : NoTranspose,
            m, n, k, 1, a, strideA, b, strideB, beta, c, strideC);

    private static MklLibrary Find()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return new MklLibrary("MKL exists for x64 processors only.");
        foreach (string file in MklSearch.Candidates(Environment.GetEnvironmentVariable, MklSearch.SystemFolders))
            if (NativeLibrary.TryLoad(file, out nint handle))
                return Bind(handle, file);
        return new MklLibrary($"MKL was not found. {MklSearch.Remedy}");
    }

    private static MklLibrary Bind(nint handle, string path)
    {
        // With a part missing, the library would end the whole process at its first call.
        if (MklSearch.MissingPart(path) is { } missing)
            return new MklLibrary($"MKL at {path} is incomplete: {missing} is not beside it. {MklSearch.Remedy}");
        if (!NativeLibrary.TryGetExport(handle, "MKL_Set_Threading_Layer", out nint setThreading)
            || !NativeLibrary.TryGetExport(handle, "MKL_Set_Interface_Layer", out nint setInterface)
            || !NativeLibrary.TryGetExport(handle, "MKL_Get_Version_String", out nint getVersion)
            || !NativeLibrary.TryGetExport(handle, "cblas_sgemm", out nint sgemm))
            return new MklLibrary($"{path} is not MKL: it lacks cblas_sgemm or MKL_Set_Threading_Layer. {MklSearch.Remedy}");
        // Before any other call: the default layer needs an OpenMP library and ends the process where there is none.
        ((delegate* unmanaged<int, int>)setThreading)(SequentialLayer);
        ((delegate* unmanaged<int, int>)setInterface)(Lp64Interface);
        var library = new MklLibrary($"Found at {path}.")
        {
            Path = path,
            Version = ReadVersion((delegate* unmanaged<byte*, int, void>)getVersion),
            _sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)sgemm,
        };
        return library.MultipliesCorrectly() ? library : new MklLibrary($"MKL at {path} gives wrong products. {MklSearch.Remedy}");
    }

    private static string ReadVersion(delegate* unmanaged<byte*, int, void> getVersion)
    {
        const int Length = 256;
        byte* text = stackalloc byte[Length];
        getVersion(text, Length);
        string full = Encoding.ASCII.GetString(new ReadOnlySpan<byte>(text, Length)).Trim('\0', ' ');
        int start = full.IndexOf("Version ", StringComparison.Ordinal);
        return start < 0 ? full : full[(start + "Version ".Length)..].Split(" Product")[0].Trim();
    }

    private bool MultipliesCorrectly()
    {
        float* a = stackalloc float[] { 1, 2, 3, 4 }, b = stackalloc float[] { 5, 6, 7, 8 }, c = stackalloc float[] { 1, 1, 1, 1 };
        Multiply(false, false, 2, 2, 2, a, 2, b, 2, 1, c, 2);
        return c[0] == 20 && c[1] == 23 && c[2] == 44 && c[3] == 51;
    }
}
