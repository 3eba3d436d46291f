using System.Management.Automation;
using System.Reflection;
using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class ChoiceTests
{
    private readonly ChoiceAttribute<Activation> _choice = new();

    private static readonly PropertyInfo[] Parameters =
        [.. from command in typeof(NewPixelDatasetCommand).Assembly.GetExportedTypes()
            where command.IsDefined(typeof(CmdletAttribute), inherit: false)
            from property in command.GetProperties()
            where property.IsDefined(typeof(ParameterAttribute))
            select property];

    /// <summary>The enumerations that parameters choose from.</summary>
    public static TheoryData<Type> Enumerations => [.. Parameters.Select(Chosen).OfType<Type>().Distinct()];

    [Theory]
    [InlineData("Sine")]
    [InlineData("sine")]
    [InlineData("sin")]
    [InlineData(Activation.Sine)]
    public void Names_in_any_case_their_beginnings_and_values_are_taken(object given)
    {
        Assert.Equal(new Choice<Activation>(Activation.Sine), _choice.Transform(null!, given));
        Assert.Equal(new Choice<Activation>(Activation.Sine), _choice.Transform(null!, PSObject.AsPSObject(given)));
    }

    [Fact]
    public void A_choice_stays_and_nothing_is_nothing()
    {
        Assert.Equal(new Choice<Activation>(Activation.Tanh), _choice.Transform(null!, new Choice<Activation>(Activation.Tanh)));
        Assert.Null(_choice.Transform(null!, null));
    }

    [Fact]
    public void Of_several_each_is_taken() =>
        Assert.Equal(
            [new Choice<Activation>(Activation.Tanh), new(Activation.ReLU)],
            Assert.IsType<Choice<Activation>[]>(_choice.Transform(null!, new object[] { "tanh", Activation.ReLU })));

    [Theory]
    [InlineData("Identity")]
    [InlineData("Siren")]
    [InlineData("si")]
    [InlineData("")]
    [InlineData(99)]
    public void Another_is_named_and_so_is_what_can_be_chosen(object given)
    {
        string message = Assert.Throws<ArgumentTransformationMetadataException>(() => _choice.Transform(null!, given)).Message;
        Assert.Contains($"'{given}'", message);
        Assert.Contains("ReLU, LeakyReLU, Tanh, Sigmoid, Sine, Gaussian, FINER, WIRE, GELU", message);
        Assert.DoesNotContain("Identity,", message);
    }

    [Theory, MemberData(nameof(Enumerations))]
    public void Every_value_says_what_it_is_in_a_line(Type enumeration)
    {
        object all = typeof(Choices<>).MakeGenericType(enumeration).GetProperty(nameof(Choices<>.All))!.GetValue(null)!;
        (string Name, string Text)[] told =
            [.. ((System.Collections.IEnumerable)all).Cast<System.Runtime.CompilerServices.ITuple>().Select(row => (row[0]!.ToString()!, (string)row[1]!))];
        // The output layer's activation is not the hidden layers' to choose.
        Assert.Equal(Enum.GetNames(enumeration).Except(["Identity"]), told.Select(row => row.Name));
        Assert.All(told, row => Assert.InRange(row.Text.Length, 10, 110));
        Assert.Equal(told.Length, told.Select(row => row.Text).Distinct().Count());
    }

    [Fact]
    public void Every_enumeration_is_a_choice_and_every_choice_is_read_and_completed()
    {
        Assert.DoesNotContain(Parameters, property => Plain(property.PropertyType).IsEnum);
        PropertyInfo[] choices = [.. Parameters.Where(property => Chosen(property) is not null)];
        Assert.True(choices.Length >= 18, $"{choices.Length}");
        Assert.All(choices, property =>
        {
            Type enumeration = Chosen(property)!;
            Assert.NotNull(property.GetCustomAttribute(typeof(ChoiceAttribute<>).MakeGenericType(enumeration)));
            Assert.Equal(typeof(ChoiceCompleter<>).MakeGenericType(enumeration), property.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type);
        });
    }

    private static Type? Chosen(PropertyInfo property) =>
        Plain(property.PropertyType) is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Choice<>)
            ? type.GetGenericArguments()[0]
            : null;

    private static Type Plain(Type type) => type.IsArray ? Plain(type.GetElementType()!) : Nullable.GetUnderlyingType(type) ?? type;
}
