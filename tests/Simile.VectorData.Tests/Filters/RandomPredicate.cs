using System.Linq.Expressions;

namespace Simile.VectorData.Tests.Filters;

/// <summary>Predicates over a <see cref="Thing"/> of random comparisons under random logic.</summary>
internal sealed class RandomPredicate(int seed)
{
    private readonly Random _random = new(seed);
    private readonly ParameterExpression _thing = Expression.Parameter(typeof(Thing), "thing");

    public Expression<Func<Thing, bool>> Next() => Expression.Lambda<Func<Thing, bool>>(Condition(4), _thing);

    private Expression Condition(int depth) => depth == 0 ? Comparison() : _random.Next(4) switch
    {
        0 => Expression.AndAlso(Condition(depth - 1), Condition(depth - 1)),
        1 => Expression.OrElse(Condition(depth - 1), Condition(depth - 1)),
        2 => Expression.Not(Condition(depth - 1)),
        _ => Comparison(),
    };

    private BinaryExpression Comparison()
    {
        var (name, value) = Operand();
        var property = Expression.Property(_thing, name);
        var constant = Expression.Constant(value, property.Type);
        var kind = property.Type == typeof(string) || property.Type == typeof(bool?) || property.Type == typeof(Guid)
            ? new[] { ExpressionType.Equal, ExpressionType.NotEqual }[_random.Next(2)]
            : new[]
            {
                ExpressionType.Equal, ExpressionType.NotEqual, ExpressionType.LessThan,
                ExpressionType.LessThanOrEqual, ExpressionType.GreaterThan, ExpressionType.GreaterThanOrEqual,
            }[_random.Next(6)];
        return _random.Next(2) == 0 ? Expression.MakeBinary(kind, property, constant) : Expression.MakeBinary(kind, constant, property);
    }

    private (string Name, object? Value) Operand() => _random.Next(10) switch
    {
        0 => (nameof(Thing.Number), _random.Next(-4, 10)),
        1 => (nameof(Thing.Maybe), _random.Next(4) == 0 ? null : _random.Next(8)),
        2 => (nameof(Thing.Small), (short)_random.Next(-4, 10)),
        3 => (nameof(Thing.Large), _random.Next(2) == 0 ? 1UL << 63 : ulong.MaxValue),
        4 => (nameof(Thing.Real), _random.Next(10) / 2.0),
        5 => (nameof(Thing.Price), _random.Next(4) == 0 ? null : new[] { 1.5m, -3m, decimal.MaxValue }[_random.Next(3)]),
        6 => (nameof(Thing.Text), new[] { null, "", "foo", "it's", "zero\0byte" }[_random.Next(5)]),
        7 => (nameof(Thing.Perhaps), _random.Next(3) switch { 0 => null, 1 => true, _ => (object)false }),
        8 =>
            (nameof(Thing.When), _random.Next(4) == 0
                ? null
                : new DateTimeOffset(2024, 1, _random.Next(3, 9), 12, 0, 0, TimeSpan.FromHours(_random.Next(-3, 4)))),
        _ => (nameof(Thing.Day), new DateTime(2024, 1, _random.Next(3, 8), 10, 0, 0)),
    };
}
