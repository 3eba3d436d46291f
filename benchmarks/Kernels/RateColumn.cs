using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace MonaLisa.Benchmarks.Kernels;

/// <summary>GFLOP/s of a product, nanoseconds an element or a place of the others.</summary>
internal sealed class RateColumn : IColumn
{
    public string Id => nameof(RateColumn);

    public string ColumnName => "Rate";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => "GFLOP/s of a product, nanoseconds an element or a place of the others; by the median";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        if (summary[benchmarkCase]?.ResultStatistics is not { } statistics)
            return "-";
        if (benchmarkCase.Descriptor.Type == typeof(ElementBenchmarks))
            return $"{statistics.Median / TileShape.Elements:F3} ns";
        if (benchmarkCase.Descriptor.Type == typeof(GridBenchmarks))
            return $"{statistics.Median / GridRun.Places:F1} ns";
        double work = benchmarkCase.Descriptor.Type == typeof(ThinBenchmarks)
            ? ThinBenchmarks.WorkOf((string)benchmarkCase.Parameters[nameof(ThinBenchmarks.Layer)])
            : TileShape.ProductWork((int)benchmarkCase.Parameters[nameof(ProductBenchmarks.Width)]);
        return $"{work / statistics.Median:F1} GFLOP/s";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
