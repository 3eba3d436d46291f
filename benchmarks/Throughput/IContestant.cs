namespace MonaLisa.Benchmarks;

/// <summary>Something whose speed is measured a slice of time at a time, in turns with others.</summary>
internal interface IContestant : IDisposable
{
    /// <summary>What it is called in the tables.</summary>
    string Name { get; }

    /// <summary>Floating-point operations for a pixel: 6 a weight in training, 2 in rendering.</summary>
    double WorkPerPixel { get; }

    /// <summary>Works for some time and returns pixels per second.</summary>
    double Measure(double seconds);
}
