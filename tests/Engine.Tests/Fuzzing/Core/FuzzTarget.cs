namespace MonaLisa.Engine.Tests;

/// <summary>A reader under test: what whole inputs of it look like, how they are damaged and what reading them may end with.</summary>
internal abstract class FuzzTarget
{
    /// <summary>A short name, for test cases, reports and file names.</summary>
    public abstract string Name { get; }

    /// <summary>Whole inputs, each small: damage is found by many tries.</summary>
    public abstract IReadOnlyList<byte[]> Samples { get; }

    /// <summary>How many damaged inputs the ordinary test run tries.</summary>
    public virtual int UsualCount => 3000;

    /// <summary>The least shares of inputs that must be refused and that must be read; damage that always hits one check shows nothing.</summary>
    public virtual (double Refused, double Read) LeastShares => (0.05, 0.01);

    /// <summary>A damaged copy; the same random numbers give the same damage.</summary>
    public virtual byte[] Mutate(byte[] whole, Random random) => ByteMutator.Mutate(whole, random);

    /// <summary>Reads an input, and checks what comes of it.</summary>
    /// <returns>The bytes that what was read takes in memory, or 0 where the input itself is as large.</returns>
    public abstract long Read(byte[] input);

    /// <summary>Whether an exception is the reader's own way to refuse an input, its message fit to be shown.</summary>
    public abstract bool IsRefusal(Exception exception);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The damaged input of a number, from 0: the same on every machine.</summary>
    public byte[] Input(long number)
    {
        var random = new Random(HashCode(number));
        return Mutate(Samples[(int)(number % Samples.Count)], random);
    }

    // Numbers beyond 2^32 repeat inputs; neighbours have nothing in common.
    private static int HashCode(long number) => unchecked((int)((uint)number * 2654435761u));
}
