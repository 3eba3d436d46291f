namespace MonaLisa.Benchmarks;

/// <summary>Figures as the tables show them.</summary>
internal static class Format
{
    /// <summary>What stands where there is no figure.</summary>
    public const string Absent = "-";

    public static string Gigaflops(double flops) => flops < 10e9 ? $"{flops / 1e9:F2}" : $"{flops / 1e9:F1}";

    public static string Share(double share) => $"{share:P1}".Replace(" ", "");

    public static string Megapixels(double pixels) => pixels < 1e5 ? $"{pixels / 1e6:F5}" : $"{pixels / 1e6:F3}";

    public static string Threads(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    public static string Nanoseconds(double nanoseconds) => double.IsNaN(nanoseconds) ? Absent : $"{nanoseconds:F0}";

    public static string Ratio(double ratio) => $"{ratio:F2} x";
}
