namespace MonaLisa.Engine.Tests;

/// <summary>The shapes at which kernels go wrong: around the panels' and vectors' widths, shallow and deep, with ragged tiles.</summary>
internal static class NetworkCases
{
    /// <summary>The tile's capacity, which is the most rows a case has.</summary>
    public const int Capacity = 128;

    private static readonly int[] Widths = [1, 2, 3, 15, 16, 17, 31, 32, 33, 48, 64, 100];

    private static readonly int[] RowCounts = [1, 2, 7, 8, 31, 32, 33, 100, Capacity];

    private static readonly Lazy<IReadOnlyList<NetworkCase>> Shared =
        new(() => [.. EqualWidths(), .. Ragged(), .. OtherOutputs(), .. Large()]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NetworkCase> All => Shared.Value;

    private static IEnumerable<NetworkCase> EqualWidths()
    {
        int number = 0;
        foreach (int width in Widths)
            foreach (Activation activation in TestNetworks.HiddenActivations)
            {
                yield return Create(activation, [.. Enumerable.Repeat(width, number % 6 + 1)], RowCounts[number % RowCounts.Length], number);
                // 7 shares no factor with the 6 depths and 9 row counts' cycle of 18, so that the combinations keep changing.
                number += 7;
            }
    }

    private static IEnumerable<NetworkCase> Ragged()
    {
        int number = 0;
        foreach (Activation activation in TestNetworks.HiddenActivations)
        {
            yield return Create(activation, [17, 64, 3], 33, number++);
            yield return Create(activation, [100, 16, 31, 47], 31, number++);
            yield return Create(activation, [1, 80, 1, 33], 100, number++);
        }
    }

    private static IEnumerable<NetworkCase> OtherOutputs()
    {
        int number = 0;
        foreach (Activation activation in TestNetworks.HiddenActivations)
            foreach (int outputs in (int[])[1, 4])
            {
                yield return Create(activation, [17, 64, 3], 33, number++, outputs);
                yield return Create(activation, [100], 31, number++, outputs);
                yield return Create(activation, [16, 1], Capacity, number++, outputs);
            }
    }

    private static IEnumerable<NetworkCase> Large()
    {
        int number = 0;
        foreach (Activation activation in TestNetworks.HiddenActivations)
        {
            yield return Create(activation, [300, 300, 300], 33, number++);
            yield return Create(activation, [6000], 40, number++);
        }
        yield return Create(Activation.LeakyReLU, [300, 300, 300, 300, 300, 300], 7, number++);
        yield return Create(Activation.Sine, [300, 300, 300, 300, 300, 300], 7, number);
    }

    private static NetworkCase Create(Activation activation, int[] widths, int rows, int number, int outputs = 3) =>
        new(activation, widths, rows, (ColorRange)(number % 2), (LossFunction)(number / 2 % 2), seed: number + 1, outputs);
}
