using System.Collections;
using System.Management.Automation;

namespace MonaLisa.PowerShell;

/// <summary>
/// Takes one value, and says so of several: PowerShell refuses a list for one value with "Specified method is not supported", before the
/// type is asked. Unlike with <see cref="OneValueAttribute"/>, the values are not joined: a text of several could be a path.
/// </summary>
/// <param name="remedy">What to give.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class SingleAttribute(string remedy = "Give one.") : ArgumentTransformationAttribute
{
    /// <summary>What to give.</summary>
    public string Remedy => remedy;

    /// <summary>The value; what is no list is left as it is.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">There are several values.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Argument.Unwrap(inputData) switch
    {
        IList { Count: 1 } list => list[0],
        IList { Count: > 1 } list => throw new ArgumentTransformationMetadataException($"This takes one value, and {list.Count} were given. {remedy}"),
        _ => inputData,
    };
}
