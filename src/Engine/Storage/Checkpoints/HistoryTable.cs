namespace MonaLisa.Engine.Storage;

/// <summary>A run's history as a table of numbers: a row is an epoch, in order from 1.</summary>
internal static class HistoryTable
{
    /// <summary>Numbers of an epoch.</summary>
    public const int Columns = 8;

    /// <summary>The table, <c>[epochs, Columns]</c>; what was not measured is not a number.</summary>
    public static double[] Of(IReadOnlyList<EpochRecord> history)
    {
        var table = new double[history.Count * Columns];
        for (int row = 0; row < history.Count; row++)
        {
            EpochRecord epoch = history[row];
            double[] values =
            [
                epoch.Loss, epoch.Psnr, epoch.Mae, epoch.LearningRate, epoch.PixelsPerSecond, epoch.Elapsed.Ticks,
                epoch.HeldOutPsnr ?? double.NaN, epoch.HeldOutMae ?? double.NaN,
            ];
            values.CopyTo(table, row * Columns);
        }
        return table;
    }

    /// <summary>The history that a table was made from; null where no history makes such a table.</summary>
    public static EpochRecord[]? ToHistory(ReadOnlySpan<double> table)
    {
        var history = new EpochRecord[table.Length / Columns];
        for (int row = 0; row < history.Length; row++)
        {
            ReadOnlySpan<double> values = table.Slice(row * Columns, Columns);
            // A time is a whole number of ticks, and exact up to 285 years.
            if (!(values[5] >= 0 && values[5] < 1L << 53))
                return null;
            history[row] = new EpochRecord(
                row + 1, values[0], values[1], values[2], values[3], values[4], TimeSpan.FromTicks((long)values[5]))
            {
                HeldOutPsnr = double.IsNaN(values[6]) ? null : values[6],
                HeldOutMae = double.IsNaN(values[7]) ? null : values[7],
            };
        }
        return history;
    }
}
